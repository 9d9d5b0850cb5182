package io.p2pmining.core.crypto;

/** A way to fill segments of Argon2d's memory. Safe for use by any thread. */
public interface Argon2SegmentFill {

  /**
   * Fills a segment. The two first blocks of its lane are there, and all slices before this one.
   *
   * @throws InterruptedException if the calling thread is interrupted; it may notice that only at
   *     the next segment
   */
  void fill(Argon2Segment segment) throws InterruptedException;
}
