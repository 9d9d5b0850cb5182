package io.p2pmining.core.memory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The mappings of this process as the kernel lists them. */
public record OwnMappings(List<String> lines) {

  private static final String CODE_FILE = "memfd:p2pmining-code";

  public static OwnMappings now() {
    try {
      return new OwnMappings(Files.readAllLines(Path.of("/proc/self/maps")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int count() {
    return lines.size();
  }

  /**
   * Where mappings start that are writable and executable; that includes the Java VM's code cache,
   * which grows at its ends only.
   */
  public Set<Long> writableAndExecutable() {
    return lines.stream()
        .filter(line -> line.split(" ", 3)[1].startsWith("rwx"))
        .map(OwnMappings::start)
        .collect(Collectors.toSet());
  }

  /** How the memory at an address may be used, as in {@code r-xs}. */
  public String permissionsAt(long address) {
    return lines.stream()
        .filter(line -> start(line) <= address && address < start(line) + bytes(line))
        .map(line -> line.split(" ", 3)[1])
        .findFirst()
        .orElse("none");
  }

  /** How many views of generated code there are, writable and executable ones. */
  public long codeViews() {
    return lines.stream().filter(line -> line.contains(CODE_FILE)).count();
  }

  /** How many views of tables there are that processes may share. */
  public long tableViews() {
    return lines.stream().filter(line -> line.contains("memfd:p2pmine-")).count();
  }

  /** The generated code where it is executed; good for reading until it is freed. */
  public Set<MemorySegment> code() {
    return lines.stream()
        .filter(line -> line.contains(CODE_FILE) && line.contains(" r-x"))
        .map(line -> MemorySegment.ofAddress(start(line)).reinterpret(bytes(line)))
        .collect(Collectors.toSet());
  }

  private static long start(String line) {
    return Long.parseUnsignedLong(line, 0, line.indexOf('-'), 16);
  }

  private static long bytes(String line) {
    long end = Long.parseUnsignedLong(line, line.indexOf('-') + 1, line.indexOf(' '), 16);
    return end - start(line);
  }
}
