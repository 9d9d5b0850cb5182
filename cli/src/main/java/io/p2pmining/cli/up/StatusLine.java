package io.p2pmining.cli.up;

import java.util.Locale;

/** Renders the status of a cluster as one line. */
final class StatusLine {

  private static final double KILO = 1000;
  private static final String[] UNITS = {"H/s", "kH/s", "MH/s", "GH/s"};

  private StatusLine() {}

  static String render(ClusterStatus status) {
    StringBuilder line = new StringBuilder();
    line.append(rate(status.hashesPerSecond()))
        .append(" (1 min ")
        .append(rate(status.hashesPerSecondMinute()))
        .append(") | shares ")
        .append(status.sharesAccepted());
    if (status.sharesRejected() > 0) {
      line.append(" (").append(status.sharesRejected()).append(" rejected)");
    }
    line.append(" | blocks ").append(status.blocksAccepted());
    line.append(" | ").append(status.peers()).append(status.peers() == 1 ? " peer" : " peers");
    if (!status.source().isEmpty()) {
      line.append(" | ").append(status.source());
    }
    return line.toString();
  }

  private static String rate(double hashesPerSecond) {
    double value = hashesPerSecond;
    int unit = 0;
    while (value >= 10 * KILO && unit < UNITS.length - 1) {
      value /= KILO;
      unit++;
    }
    return String.format(Locale.ROOT, value < 100 ? "%.1f %s" : "%.0f %s", value, UNITS[unit]);
  }
}
