package io.p2pmining.cli.up;

import static io.p2pmining.cli.terminal.Figures.rate;

/** Renders the status of a cluster as one line. */
final class StatusLine {

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
}
