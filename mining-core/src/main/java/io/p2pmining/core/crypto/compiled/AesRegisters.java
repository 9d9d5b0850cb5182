package io.p2pmining.core.crypto.compiled;

import io.p2pmining.core.x86.Address;
import io.p2pmining.core.x86.Gpr;

/**
 * The general-purpose registers of the routines. All are the caller's to save (System V ABI).
 *
 * <pre>
 * RDI              the table of {@link AesLanes}
 * RSI              length in bytes
 * RAX RCX RDX R8   pointers into the buffers of lanes 0 to 3
 * R9               bytes left
 * R10              scratch
 * </pre>
 */
final class AesRegisters {

  static final Gpr TABLE = Gpr.RDI;
  static final Gpr LENGTH = Gpr.RSI;
  static final Gpr LEFT = Gpr.R9;
  static final Gpr SCRATCH = Gpr.R10;

  private static final Gpr[] POINTERS = {Gpr.RAX, Gpr.RCX, Gpr.RDX, Gpr.R8};

  private AesRegisters() {}

  /** What points into the buffer of a lane that a loop runs over. */
  static Gpr pointer(int lane) {
    return POINTERS[lane];
  }

  /** The entry of the table for a lane. */
  static Address field(int lane, int field) {
    return Address.at(TABLE, lane * AesLanes.LANE_BYTES + field);
  }
}
