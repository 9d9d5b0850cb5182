package io.p2pmining.master.peer;

/** What came of an attempt to change a peer's standing. */
public sealed interface StandingChange {

  /** It is this from now on. */
  record Changed(Standing standing) implements StandingChange {}

  /** It cannot be changed like that, and was not; {@code detail} says why and what to do. */
  record Conflict(String detail) implements StandingChange {}
}
