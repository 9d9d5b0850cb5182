package io.p2pmining.cli.options;

import io.p2pmining.cli.CommandFailure;
import io.p2pmining.core.pow.CompilerPolicy;
import io.p2pmining.core.pow.PreparedSeed;
import java.util.Locale;

/** What is to compute hashes. */
public enum Engine {
  /** The fastest there is on this machine. */
  AUTO,
  /** Machine code generated at run time. */
  COMPILER,
  /** The portable one that follows the specification step by step. */
  INTERPRETER;

  /** The policy that leads to it where it can be had. */
  public CompilerPolicy policy() {
    return this == INTERPRETER ? CompilerPolicy.OFF : CompilerPolicy.AUTO;
  }

  /**
   * Refuses a seed for which something else computes.
   *
   * @throws CommandFailure if it is not this engine's; the seed stays open
   */
  public void check(PreparedSeed seed) {
    String name = name().toLowerCase(Locale.ROOT);
    if (this != AUTO && !seed.engine().equals(name)) {
      throw new CommandFailure(
          CommandFailure.REFUSED,
          "%s has no %s%s; leave out --engine %s"
              .formatted(
                  seed.algorithm().name(),
                  name,
                  seed.engine().equals("interpreter") ? " on this machine" : "",
                  name));
    }
  }
}
