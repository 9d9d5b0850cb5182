package io.p2pmining.core.randomx.superscalar;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How 16 bytes of code are cut into slots for macro-ops in one cycle of decoding (specification,
 * table 6.3.1).
 */
enum DecoderGroup {
  D4_8_4(4, 8, 4),
  D7_3_3_3(7, 3, 3, 3),
  D3_7_3_3(3, 7, 3, 3),
  D4_9_3(4, 9, 3),
  D4_4_4_4(4, 4, 4, 4),
  D3_3_10(3, 3, 10);

  private static final List<DecoderGroup> RANDOM = List.of(D4_8_4, D7_3_3_3, D3_7_3_3, D4_9_3);

  private final int[] slotBytes;

  DecoderGroup(int... slotBytes) {
    this.slotBytes = slotBytes;
  }

  /**
   * The group that follows an instruction.
   *
   * @param previous the instruction; null at the start and after one that had to be given up
   * @param multiplications how many multiplications the program has so far
   */
  static DecoderGroup after(
      @Nullable SuperscalarOpcode previous,
      int decodeCycle,
      int multiplications,
      BlakeGenerator random) {
    if (previous != null && previous.isHighMultiplication()) {
      return D3_3_10;
    }
    if (multiplications <= decodeCycle) {
      return D4_4_4_4;
    }
    if (previous == SuperscalarOpcode.IMUL_RCP) {
      return (random.nextByte() & 1) != 0 ? D4_8_4 : D4_9_3;
    }
    return RANDOM.get(random.nextByte() & (RANDOM.size() - 1));
  }

  int slotCount() {
    return slotBytes.length;
  }

  /** Chooses an instruction whose first macro-op fits a slot (specification, table 6.3.2). */
  SuperscalarOpcode chooseFor(int slot, BlakeGenerator random) {
    boolean last = slot == slotBytes.length - 1;
    if (slotBytes[slot] == 4 && this == D4_4_4_4 && !last) {
      return SuperscalarOpcode.IMUL_R;
    }
    List<SuperscalarOpcode> fitting = SuperscalarOpcode.fitting(slotBytes[slot], last);
    return fitting.size() == 1
        ? fitting.getFirst()
        : fitting.get(random.nextByte() & (fitting.size() - 1));
  }
}
