package io.p2pmining.cli.options;

import io.p2pmining.core.pow.InstructionLimit;

/** Limits of processor extensions. */
public final class Instructions extends Choice<InstructionLimit> {

  public Instructions() {
    super(InstructionLimit.values(), InstructionLimit::label);
  }
}
