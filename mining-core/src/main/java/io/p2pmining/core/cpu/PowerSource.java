package io.p2pmining.core.cpu;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What feeds the machine. Reading it takes some files' time; any thread may ask. */
public final class PowerSource {

  private static final Path SUPPLIES = Path.of("/sys/class/power_supply");

  private PowerSource() {}

  /** Whether this machine runs on its battery. */
  public static Answer onBattery() {
    return onBattery(SUPPLIES);
  }

  /**
   * Reads what Linux says of power supplies. Power from outside decides; without any, a battery in
   * use. Batteries of mice and the like do not count.
   *
   * @param directory laid out like {@code /sys/class/power_supply}
   */
  static Answer onBattery(Path directory) {
    if (!Files.isDirectory(directory)) {
      return Answer.UNKNOWN;
    }
    List<Path> supplies =
        SystemFile.entries(directory, "*").stream()
            .filter(supply -> !text(supply, "scope").equals("Device"))
            .toList();
    List<String> batteries =
        supplies.stream()
            .filter(supply -> text(supply, "type").equals("Battery"))
            .map(supply -> text(supply, "status"))
            .toList();
    List<String> outside =
        supplies.stream()
            .filter(supply -> !text(supply, "type").equals("Battery"))
            .map(supply -> text(supply, "online"))
            .filter(online -> !online.isEmpty())
            .toList();
    if (batteries.isEmpty() || outside.stream().anyMatch(online -> !online.equals("0"))) {
      return Answer.NO;
    }
    if (!outside.isEmpty() || batteries.contains("Discharging")) {
      return Answer.YES;
    }
    return batteries.contains("Unknown") || batteries.contains("") ? Answer.UNKNOWN : Answer.NO;
  }

  private static String text(Path supply, String name) {
    return SystemFile.text(supply.resolve(name)).orElse("");
  }
}
