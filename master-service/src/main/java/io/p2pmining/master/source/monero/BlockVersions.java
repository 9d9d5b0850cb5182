package io.p2pmining.master.source.monero;

import java.util.Optional;

/** Which proof of work each of Monero's block versions asks for: the one place that knows. */
final class BlockVersions {

  private record Span(long first, long last, String algorithm) {}

  /** RandomX came with version 12; what a version above 16 will ask for is not settled. */
  private static final Span[] SPANS = {new Span(12, 16, "rx/0")};

  private BlockVersions() {}

  /** The algorithm for blocks of this major version; empty if this release knows none. */
  static Optional<String> algorithm(long majorVersion) {
    for (Span span : SPANS) {
      if (majorVersion >= span.first && majorVersion <= span.last) {
        return Optional.of(span.algorithm);
      }
    }
    return Optional.empty();
  }
}
