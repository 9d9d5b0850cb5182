package io.p2pmining.core.randomx.compiler;

import io.p2pmining.core.randomx.itemcode.LookaheadItemCode;
import io.p2pmining.core.x86.Address;

/**
 * Where everything lies in the memory that generated code works on besides scratchpads and dataset;
 * RBP points to its beginning.
 *
 * <pre>
 *   offset 0             256             256 + STRIDE
 *         +-------------+---------------+---------------+----
 *         | common part | lane 0        | lane 1        | ..
 *         +-------------+---------------+---------------+----
 *
 *   a lane:
 *      0  r0 .. r7           64 bytes    the register file,
 *     64  f0 .. f3           64          as it is hashed
 *    128  e0 .. e3           64
 *    192  a0 .. a3           64
 *    256  bits set by conversion to group E, 16
 *    272  scratchpad address 0, 4        276  scratchpad address 1, 4
 *    280  ma, 4                          284  mx, 4
 *    288  rounding mode, 4
 *    296  address of the scratchpad, 8
 *    304  address of the dataset at the lane's dataset offset, or the offset in items, 8
 *    312  saved r0 .. r7, 64             (light mode)
 *    384  entries of the body by rounding mode, 4 × 8
 *    448  reciprocals of IMUL_RCP        8 an instruction
 *    ...  targets of CFROUND             4 × 8 an instruction
 *    ...  items computed ahead           (light mode)
 * </pre>
 */
final class LaneLayout {

  static final int ITERATIONS = 0;
  static final int HOST_MXCSR = 4;
  static final int CURRENT_MODE = 8;
  static final int ITEM_ROUTINE = 16;
  static final int CACHE = 24;
  static final int E_KEPT_BITS = 32;
  static final int SCALE_BITS = 48;
  static final int MXCSRS = 64;
  private static final int FIRST_LANE = 256;

  static final int R = 0;
  static final int F = 64;
  static final int E = 128;
  static final int A = 192;
  static final int REGISTER_FILE_BYTES = 256;
  static final int E_SET_BITS = 256;
  static final int ADDRESS_0 = 272;
  static final int ADDRESS_1 = 276;
  static final int MA = 280;
  static final int MX = 284;
  static final int MODE = 288;
  static final int SCRATCHPAD = 296;
  static final int DATASET = 304;
  static final int SAVED_R = 312;
  static final int BODY_ENTRIES = 384;
  static final int RECIPROCALS = 448;

  /** Targets of one CFROUND, one a rounding mode. */
  static final int TARGETS_BYTES = 4 * Long.BYTES;

  /** Keeps the hot parts of two lanes out of each other's sets of the first-level cache. */
  private static final int SKEW_BYTES = 1024;

  private static final int PAGE_BYTES = 4096;
  private static final int LINE_BYTES = 64;

  /** Room for items that are computed ahead: the most that a program announces. */
  static final int WINDOW_BYTES = LookaheadItemCode.windowBytes(2);

  private final int targets;
  private final int window;
  private final int stride;
  private final int laneCount;

  /**
   * The layout for some lanes.
   *
   * @param programSize instructions in a program
   */
  LaneLayout(int laneCount, int programSize) {
    this.laneCount = laneCount;
    this.targets = RECIPROCALS + programSize * Long.BYTES;
    int targetsEnd = targets + programSize * TARGETS_BYTES;
    this.window = (targetsEnd + LINE_BYTES - 1) / LINE_BYTES * LINE_BYTES;
    int bytes = window + WINDOW_BYTES;
    this.stride = (bytes + PAGE_BYTES - 1) / PAGE_BYTES * PAGE_BYTES + SKEW_BYTES;
  }

  int laneCount() {
    return laneCount;
  }

  /** The size of it all in bytes. */
  int byteSize() {
    return FIRST_LANE + laneCount * stride;
  }

  /** The offset of a lane. */
  int lane(int lane) {
    return FIRST_LANE + lane * stride;
  }

  /** The offset, within a lane, of the targets of its first CFROUND. */
  int targets() {
    return targets;
  }

  /** The offset, within a lane, of the items that are computed ahead. */
  int window() {
    return window;
  }

  /** The place of a field in the common part. */
  static Address common(int field) {
    return Address.at(RegisterMap.LANES, field);
  }

  /** The place of a lane's field. */
  Address of(int lane, int field) {
    return Address.at(RegisterMap.LANES, lane(lane) + field);
  }
}
