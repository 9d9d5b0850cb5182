package io.p2pmining.core.randomx.itemcode;

import io.p2pmining.core.x86.Gpr;

/** What is where while batches are computed; RBX, RDX and R8 to R15 belong to scalar items. */
final class BatchRegisters {

  /** The address of the cache. */
  static final Gpr CACHE = Gpr.RDI;

  /** Where the first item of the batch is to be written. */
  static final Gpr TARGET = Gpr.RSI;

  /** The number of the first item of the batch. */
  static final Gpr ITEM = Gpr.RCX;

  /** The frame of the batch, which begins at a cache line. */
  static final Gpr FRAME = Gpr.RBP;

  /** For use within a step. */
  static final Gpr SCRATCH = Gpr.RAX;

  private BatchRegisters() {}
}
