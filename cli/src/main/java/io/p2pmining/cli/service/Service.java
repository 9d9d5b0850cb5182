package io.p2pmining.cli.service;

import java.util.List;
import java.util.stream.Stream;

/** The two programs that make a cluster. */
public enum Service {
  /**
   * Holds the work queue and verifies; its heap grows with peers and units, and not far beyond what
   * is in use.
   */
  MASTER(
      "master-service.jar",
      List.of("-Xms32m", "-Xmx320m", "-XX:MinHeapFreeRatio=20", "-XX:MaxHeapFreeRatio=40")),

  /** Hashes outside of the heap, so a small heap is enough for any machine. */
  WORKER("worker-agent.jar", List.of("-Xms16m", "-Xmx64m", "-Xss512k"));

  /**
   * Caches and datasets count as direct memory, whose limit would otherwise be the heap's. What the
   * compiler and others took and gave back, the C library would keep: some 25 MiB.
   */
  private static final List<String> COMMON_FLAGS =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:MaxDirectMemorySize=1t",
          "-XX:TrimNativeHeapInterval=10000",
          "-XX:+ExitOnOutOfMemoryError");

  private final String jarName;
  private final List<String> flags;

  Service(String jarName, List<String> flags) {
    this.jarName = jarName;
    this.flags = flags;
  }

  String jarName() {
    return jarName;
  }

  /** The flags for its Java. */
  List<String> jvmFlags() {
    return Stream.concat(COMMON_FLAGS.stream(), flags.stream()).toList();
  }
}
