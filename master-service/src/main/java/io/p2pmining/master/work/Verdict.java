package io.p2pmining.master.work;

/** What became of a result. */
public sealed interface Verdict {

  /** It counts. */
  record Accepted() implements Verdict {}

  /** It counts, and it makes a block. */
  record FoundBlock() implements Verdict {}

  /** It does not count. */
  record Rejected(Rejection reason) implements Verdict {}
}
