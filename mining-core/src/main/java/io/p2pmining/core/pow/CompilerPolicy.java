package io.p2pmining.core.pow;

/** Whether hashes are computed by machine code that is generated at run time. */
public enum CompilerPolicy {
  /** By machine code where this processor and system allow it, else by interpreter. */
  AUTO,
  /** By machine code; preparing a seed fails where that is not possible. */
  REQUIRED,
  /** By interpreter. */
  OFF
}
