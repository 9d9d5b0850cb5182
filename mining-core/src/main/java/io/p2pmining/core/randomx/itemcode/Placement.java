package io.p2pmining.core.randomx.itemcode;

import io.p2pmining.core.randomx.CacheParameters;
import io.p2pmining.core.x86.Address;

/**
 * What part of a batch is a stream's.
 *
 * @param firstItem the index of its first item within the batch
 * @param frameOffset where its part of the frame begins, in bytes
 */
record Placement(int firstItem, int frameOffset) {

  /** A place in the stream's part of the frame. */
  Address frame(int offset) {
    return Address.at(BatchRegisters.FRAME, frameOffset + offset);
  }

  /** Where an item of the stream is to be written. */
  Address target(int item) {
    return Address.at(BatchRegisters.TARGET, (firstItem + item) * CacheParameters.ITEM_BYTES);
  }
}
