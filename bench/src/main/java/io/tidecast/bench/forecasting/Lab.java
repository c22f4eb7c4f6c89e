package io.tidecast.bench.forecasting;

import io.tidecast.engine.device.ComputeDevice;
import io.tidecast.engine.device.DeviceChoice;
import java.nio.file.Path;

final class Lab {
  public static void main(String[] args) {
    Path data = Path.of(args[0]);
    int context = Integer.parseInt(args[1]);
    boolean experts = !Boolean.getBoolean("quick");
    try (ComputeDevice device = ComputeDevice.open(DeviceChoice.CPU, false)) {
      for (SharedSeries spec : SharedSeries.values()) {
        if (args.length > 2 && !args[2].contains(spec.name())) continue;
        RecordedSeries s = spec.load(data);
        ScoreBoard[] boards = new ScoreBoard[4];
        for (int k = 0; k < 4; k++) boards[k] = new ScoreBoard(24);
        double[] z = s.standardised();
        java.io.OutputStream dump = null;
        if (System.getProperty("dump") != null) {
          try {
            dump =
                new java.io.BufferedOutputStream(
                    new java.io.FileOutputStream(System.getProperty("dump") + "/" + spec + ".bin"),
                    1 << 20);
            java.nio.ByteBuffer h =
                java.nio.ByteBuffer.allocate(16).order(java.nio.ByteOrder.LITTLE_ENDIAN);
            h.putInt(s.size()).putInt(s.warmUp()).putDouble(s.deviation() / s.scoredMagnitude());
            dump.write(h.array());
          } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        }
        java.io.OutputStream dump2 = dump;
        float[][][] ring = new float[25][4][24 * 21];
        try (TidecastForecaster f = new TidecastForecaster(s, 24, context, 1, device)) {
          Prequential.Run run =
              Prequential.run(
                  s,
                  24,
                  (t, out) -> {
                    f.step(t, out);
                    if (experts) {
                      for (int lead = 0; lead < 24; lead++) {
                        int o = t - lead - 1;
                        if (o >= s.warmUp() && s.observed(t))
                          for (int k = 0; k < 4; k++)
                            boards[k].add(lead, ring[o % 25][k], lead * 21, z[t]);
                      }
                      f.experts(ring[t % 25]);
                      if (dump2 != null) {
                        java.nio.ByteBuffer b =
                            java.nio.ByteBuffer.allocate(4 * (2 + 4 * 504))
                                .order(java.nio.ByteOrder.LITTLE_ENDIAN);
                        b.putFloat((float) z[t]).putFloat(s.observed(t) ? 1 : 0);
                        for (int k = 0; k < 4; k++) for (float v : ring[t % 25][k]) b.putFloat(v);
                        try {
                          dump2.write(b.array());
                        } catch (java.io.IOException e) {
                          throw new java.io.UncheckedIOException(e);
                        }
                      }
                    }
                  });
          if (dump2 != null)
            try {
              dump2.close();
            } catch (java.io.IOException e) {
              throw new java.io.UncheckedIOException(e);
            }
          double norm = s.deviation() / s.scoredMagnitude();
          ScoreBoard.Scores r = run.board().over(1, 24);
          System.out.printf(
              "%s,%s,%d,%.5f,%.5f,%.4f,%.4f,%.4f,%.4f,%.0f,%.5f,%.5f,%.5f%n",
              s.dataset(),
              s.name(),
              r.n(),
              r.crps() * norm,
              boards[3].over(1, 24).crps() * norm,
              r.cov50(),
              r.cov80(),
              r.cov90(),
              r.cov95(),
              run.originsPerSecond(),
              boards[0].over(1, 24).crps() * norm,
              boards[1].over(1, 24).crps() * norm,
              boards[2].over(1, 24).crps() * norm);
        }
      }
    }
  }
}
