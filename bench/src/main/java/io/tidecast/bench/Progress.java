package io.tidecast.bench;

/** Is told how far a long run has come, for a bar on a terminal. */
public interface Progress {
  /** Nobody watches. */
  Progress SILENT =
      new Progress() {
        @Override
        public void start(String task, long steps) {}

        @Override
        public void done(long steps) {}

        @Override
        public void end() {}
      };

  /** A task of so many steps begins. */
  void start(String task, long steps);

  /** So many of its steps are done. */
  void done(long steps);

  /** It has ended. */
  void end();
}
