package io.p2pmining.core.crypto;

/** Fills segments in Java (RFC 9106, sections 3.4 and 3.5). */
final class InterpretedSegmentFill implements Argon2SegmentFill {

  /** How often a thread looks whether it was interrupted: each 1024 blocks, about a millisecond. */
  private static final int INTERRUPT_CHECK_MASK = 1023;

  @Override
  public void fill(Argon2Segment segment) throws InterruptedException {
    Argon2Block block = new Argon2Block();
    int lane = segment.lane();
    int first = segment.firstColumn();
    int index = segment.firstIndex();
    block.load(segment.memory(), segment.offset(lane, segment.previousColumn(index)));
    for (; index < segment.sliceBlocks(); index++) {
      if ((index & INTERRUPT_CHECK_MASK) == 0 && Thread.interrupted()) {
        throw new InterruptedException("interrupted while filling the memory of Argon2d");
      }
      long reference = reference(segment, index, block.firstWord());
      if (segment.pass() == 0) {
        block.advance(segment.memory(), reference, segment.offset(lane, first + index));
      } else {
        block.advanceOver(segment.memory(), reference, segment.offset(lane, first + index));
      }
    }
  }

  /** The offset of the reference block that {@code word} of the preceding block chooses. */
  private static long reference(Argon2Segment segment, int index, long word) {
    int own = segment.lane();
    int chosenLane = segment.isFirst() ? own : (int) ((word >>> Integer.SIZE) % segment.lanes());
    int finished = segment.finishedBlocks();
    int candidates;
    if (chosenLane == own) {
      candidates = finished + index - 1;
    } else {
      candidates = index == 0 ? finished - 1 : finished;
    }
    // Of the candidates, oldest first, later ones are likelier: a square of the random word.
    long random = word & 0xffff_ffffL;
    long square = random * random >>> Integer.SIZE;
    int position = candidates - 1 - (int) (candidates * square >>> Integer.SIZE);
    int column = (segment.oldestColumn() + position) % segment.laneBlocks();
    return segment.offset(chosenLane, column);
  }
}
