package io.p2pmining.master.dashboard;

import io.p2pmining.master.peer.PeerCapabilities;
import io.p2pmining.master.share.ShareCounts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One peer, for the dialog in which an operator acts on it.
 *
 * @param inService whether it gets work
 * @param drained whether it is out of service only as far as new work goes
 * @param lines what is known of it, label and value
 */
record PeerDetails(
    PeerRow row, boolean inService, boolean drained, boolean connected, List<Line> lines) {

  private static final double GIBIBYTE = 1L << 30;

  PeerDetails {
    lines = List.copyOf(lines);
  }

  /** A fact. */
  record Line(String label, String value) {}

  static PeerDetails of(Member member, @Nullable ShareCounts counts, double total, Instant now) {
    PeerRow row = PeerRow.of(member, counts, total, now);
    return new PeerDetails(
        row,
        member.isInService(),
        row.state() == PeerRow.State.DRAINING,
        member.peer().isConnected(),
        lines(member, row, counts, now));
  }

  private static List<Line> lines(
      Member member, PeerRow row, @Nullable ShareCounts counts, Instant now) {
    PeerCapabilities machine = member.peer().capabilities();
    List<Line> lines = new ArrayList<>();
    if (!row.stateDetail().isEmpty()) {
      lines.add(new Line("Standing", row.stateDetail()));
    }
    lines.add(new Line("Hash rate", row.rate().text() + ", " + row.share().text() + " of all"));
    lines.add(new Line("Mines", mines(row)));
    lines.add(new Line("Shares", row.accepted().text() + " accepted, " + rejected(row, counts)));
    lines.add(new Line("Processor", processor(machine)));
    lines.add(
        new Line(
            "Memory",
            String.format(
                Locale.ROOT,
                "%.1f GiB, %.1f free",
                machine.memoryTotalBytes() / GIBIBYTE,
                machine.memoryAvailableBytes() / GIBIBYTE)));
    lines.add(
        new Line("System", (machine.operatingSystem() + " " + machine.architecture()).strip()));
    lines.add(new Line("Program", member.peer().identity().software()));
    lines.add(new Line("Address", member.peer().identity().address()));
    lines.add(new Line("Connected", Figures.ago(member.peer().connectedAt(), now).text()));
    lines.add(
        new Line("Recomputed shares", Figures.percent(member.conduct().sampledPart()).text()));
    lines.add(new Line("Id", member.id().hex()));
    return lines.stream().filter(line -> !line.value().isBlank()).toList();
  }

  private static String mines(PeerRow row) {
    return row.algorithm().isEmpty() ? "nothing" : row.algorithm() + ", " + row.mode() + " mode";
  }

  private static String rejected(PeerRow row, @Nullable ShareCounts counts) {
    return counts == null || counts.rejected().isEmpty()
        ? row.rejected().text() + " rejected"
        : "rejected: " + PeerRow.reasons(counts);
  }

  private static String processor(PeerCapabilities machine) {
    String model = machine.cpuModel().isBlank() ? "" : machine.cpuModel() + ", ";
    return model
        + Words.many(machine.cores(), "core", "cores")
        + ", "
        + Words.many(machine.miningThreads(), "thread mines", "threads may mine");
  }
}
