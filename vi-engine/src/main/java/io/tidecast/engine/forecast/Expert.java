package io.tidecast.engine.forecast;

/** The experts of a pool, in the order of their weights. */
enum Expert {
  LAST_VALUE("last-value"),
  SEASONAL_NAIVE("seasonal-naive"),
  LINEAR("rls"),
  NETWORK("network");

  static final int COUNT = values().length;

  private final String title;

  Expert(String title) {
    this.title = title;
  }

  static String[] titles() {
    String[] titles = new String[COUNT];
    for (Expert expert : values()) {
      titles[expert.ordinal()] = expert.title;
    }
    return titles;
  }
}
