package io.p2pmining.core.randomx.itemcode;

import java.util.List;

/**
 * Some items of a batch, computed side by side in registers that are theirs alone. Streams are
 * independent of each other, so the processor can work on several at once if their code is mixed.
 */
sealed interface ItemStream permits ScalarItems, Avx2Items, Avx512Items {

  /** A piece of code that no other stream's code may interrupt. */
  interface Step {
    void emit();
  }

  /** How many items this stream computes. */
  int itemCount();

  /** The space that it needs in the batch's frame, a multiple of the length of a cache line. */
  int frameBytes();

  /** Code that runs once, ahead of all batches. */
  void emitConstants();

  /** The code of a round: before the first, the seeds; behind the last, writing of the items. */
  List<Step> round(int round);

  /** As many bytes as all steps of all rounds write at most. */
  int maxBytes();
}
