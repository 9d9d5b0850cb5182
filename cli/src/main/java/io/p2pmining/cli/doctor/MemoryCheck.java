package io.p2pmining.cli.doctor;

import io.p2pmining.cli.machine.MemoryNeed;
import io.p2pmining.cli.terminal.Figures;
import java.util.OptionalLong;

/** Whether memory suffices, and for which mode. */
final class MemoryCheck {

  private static final String NAME = "memory";

  private MemoryCheck() {}

  /**
   * Compares what is available with what is needed.
   *
   * @param available empty where the system does not tell
   * @param running whether a master of this directory runs, and takes its part already
   */
  static Finding of(OptionalLong available, MemoryNeed full, MemoryNeed light, boolean running) {
    if (available.isEmpty()) {
      return Finding.warn(
          NAME,
          "this system does not tell how much is available",
          "full mode needs " + full.mebibytes() + " MiB " + full.purpose());
    }
    long bytes = available.getAsLong();
    String free = Figures.bytes(bytes) + " available";
    if (running) {
      return Finding.ok(NAME, free + " beside the cluster that runs");
    }
    if (bytes >= full.bytes()) {
      return Finding.ok(
          NAME, "%s, full mode needs %d MiB %s".formatted(free, full.mebibytes(), full.purpose()));
    }
    String finding =
        "%s, full mode needs %d MiB, light mode %d MiB, %s"
            .formatted(free, full.mebibytes(), light.mebibytes(), light.purpose());
    return bytes >= light.bytes()
        ? Finding.warn(
            NAME,
            finding + ": it is light mode, which is many times as slow",
            "free %d MiB, or raise the limit of the container"
                .formatted(full.mebibytes() - (bytes >> 20)))
        : Finding.fail(NAME, finding, "close other programs, or raise the limit of the container");
  }
}
