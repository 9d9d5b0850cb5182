package io.p2pmining.worker.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * What changes about this machine while it hashes, as Linux' files tell it; elsewhere nothing is
 * known. Each reading opens a few small files. Safe for use by any thread.
 */
public final class MachineReadings {

  /** Drivers of sensors that sit in the processor. */
  private static final Set<String> PROCESSOR_SENSORS =
      Set.of("coretemp", "k10temp", "zenpower", "cpu_thermal", "cputhermal");

  private static final Set<String> PROCESSOR_ZONES =
      Set.of("x86_pkg_temp", "cpu-thermal", "cpu_thermal", "soc-thermal", "soc_thermal");

  private static final double MILLIDEGREES = 1000;
  private static final double MICROSECONDS = 1e6;
  private static final double NANOSECONDS = 1e9;

  private final Path root;

  /** Readings of the machine that this process runs on. */
  public MachineReadings() {
    this(Path.of("/"));
  }

  /** Readings from files below another root. */
  MachineReadings(Path root) {
    this.root = root;
  }

  /** The temperature of the hottest part of the processor in degrees Celsius, where it is told. */
  public OptionalDouble processorCelsius() {
    OptionalDouble sensors = hottest("sys/class/hwmon", "name", PROCESSOR_SENSORS, "temp*_input");
    return sensors.isPresent()
        ? sensors
        : hottest("sys/class/thermal", "type", PROCESSOR_ZONES, "temp");
  }

  private OptionalDouble hottest(
      String folder, String nameFile, Set<String> names, String readings) {
    return list(root.resolve(folder), "*").stream()
        .filter(device -> names.contains(text(device.resolve(nameFile))))
        .flatMap(device -> list(device, readings).stream())
        .map(file -> number(text(file)))
        .filter(OptionalLong::isPresent)
        .mapToDouble(reading -> reading.getAsLong() / MILLIDEGREES)
        .max();
  }

  /**
   * For how many seconds the limit of this process' control group has kept threads from running; 0
   * without a limit.
   */
  public double throttledSeconds() {
    for (String line : lines(root.resolve("proc/self/cgroup"))) {
      String[] parts = line.split(":", 3);
      if (parts.length == 3 && parts[1].isEmpty()) {
        return figure("sys/fs/cgroup", parts[2], "throttled_usec") / MICROSECONDS;
      }
      if (parts.length == 3 && List.of(parts[1].split(",", -1)).contains("cpu")) {
        return figure("sys/fs/cgroup/" + parts[1], parts[2], "throttled_time") / NANOSECONDS;
      }
    }
    return 0;
  }

  /** A container sees its own group at the top. */
  private double figure(String mount, String group, String key) {
    Path below = root.resolve(mount);
    Path own = below.resolve(group.substring(Math.min(1, group.length()))).resolve("cpu.stat");
    Path file = Files.isReadable(own) ? own : below.resolve("cpu.stat");
    return lines(file).stream()
        .filter(line -> line.startsWith(key + " "))
        .map(line -> number(line.substring(key.length())))
        .filter(OptionalLong::isPresent)
        .mapToDouble(OptionalLong::getAsLong)
        .findFirst()
        .orElse(0);
  }

  /** How often cores have slowed down because they were too hot, since the machine started. */
  public double thermalThrottles() {
    ToDoubleFunction<Path> count =
        core -> number(text(core.resolve("thermal_throttle/core_throttle_count"))).orElse(0);
    return list(root.resolve("sys/devices/system/cpu"), "cpu[0-9]*").stream()
        .mapToDouble(count)
        .sum();
  }

  /** Huge pages of the default size that nobody uses. */
  public long hugePagesFree() {
    return hugePages().free();
  }

  /** Huge pages of the default size that the kernel has set aside. */
  public long hugePagesTotal() {
    return hugePages().total();
  }

  private HugePages hugePages() {
    return HugePages.parse(lines(root.resolve("proc/meminfo")));
  }

  private static OptionalLong number(String text) {
    String digits = text.strip();
    return digits.matches("-?\\d{1,18}")
        ? OptionalLong.of(Long.parseLong(digits))
        : OptionalLong.empty();
  }

  private static String text(Path file) {
    List<String> lines = lines(file);
    return lines.isEmpty() ? "" : lines.getFirst();
  }

  /** The lines of a file; none where it is missing or its device does not answer. */
  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return List.of();
    }
  }

  private static List<Path> list(Path folder, String glob) {
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, glob)) {
      List<Path> paths = new ArrayList<>();
      found.forEach(paths::add);
      return paths;
    } catch (IOException e) {
      return List.of();
    }
  }
}
