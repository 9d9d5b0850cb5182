package io.p2pmining.cli.hash;

/** What is to compute a hash. */
enum HashEngine {
  /** The fastest there is on this machine. */
  AUTO,
  /** The portable one that follows the specification step by step. */
  INTERPRETER;

  /** Whether an engine of this name will do. */
  boolean accepts(String engine) {
    return switch (this) {
      case AUTO -> true;
      case INTERPRETER -> engine.equals("interpreter");
    };
  }
}
