package io.p2pmining.core.memory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * A program that obtains and frees memory many times and prints what it holds before and after:
 * mappings, open files, resident KiB, and mappings of code.
 */
final class MemoryRounds {

  static final int ROUNDS = 1000;
  static final long BYTES = 2 << 20;

  private static final int WARM_UP_ROUNDS = 50;
  private static final long CODE_BYTES = 64 << 10;

  private MemoryRounds() {}

  public static void main(String[] arguments) throws IOException {
    obtainAndFree(WARM_UP_ROUNDS);
    printHoldings();
    obtainAndFree(ROUNDS);
    printHoldings();
  }

  private static void obtainAndFree(int rounds) {
    for (int round = 0; round < rounds; round++) {
      PagePolicy policy = PagePolicy.values()[round % PagePolicy.values().length];
      CodeViews views = CodeViews.values()[round % 2];
      try (OffHeapMemory memory = OffHeapMemory.allocate(BYTES, "a test", policy);
          ExecutableMemory code = ExecutableMemory.allocate(CODE_BYTES, "a test", views)) {
        memory.segment().fill((byte) round);
        code.beginWriting();
        code.writable().fill((byte) round);
        code.endWriting();
      }
    }
  }

  private static void printHoldings() throws IOException {
    OwnMappings mappings = OwnMappings.now();
    long code = mappings.lines().stream().filter(l -> l.contains("p2pmining-code")).count();
    System.out.println(
        mappings.count() + " " + openFiles() + " " + residentKibibytes() + " " + code);
  }

  private static long residentKibibytes() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
      String line = lines.filter(l -> l.startsWith("VmRSS:")).findFirst().orElseThrow();
      return Long.parseLong(line.replaceAll("\\D", ""));
    }
  }

  private static long openFiles() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
      return files.count();
    }
  }
}
