package io.p2pmining.master.verify;

/** What recomputing a hash has shown. */
public sealed interface Verification {

  /** The claimed hash is right. */
  record Correct() implements Verification {}

  /** The claimed hash is wrong. */
  record Wrong() implements Verification {}

  /** It could not be recomputed here, for example for want of memory. */
  record Impossible(String reason) implements Verification {}
}
