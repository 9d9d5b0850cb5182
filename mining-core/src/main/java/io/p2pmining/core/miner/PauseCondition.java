package io.p2pmining.core.miner;

/** Something about the machine that may be a reason to pause. Asked by one thread at a time. */
@FunctionalInterface
public interface PauseCondition {

  /** What is known about a condition. */
  enum Answer {
    /** It holds. */
    YES,
    /** It does not hold. */
    NO,
    /** This machine does not say. */
    UNKNOWN
  }

  /** Whether the condition holds now; takes no longer than reading a few small files. */
  Answer ask();
}
