package io.p2pmining.core.crypto.compiled;

import io.p2pmining.core.x86.VectorRegister.Width;
import java.util.List;

/**
 * How lanes are put into registers. A lane that is alone is bound by its chain of rounds in any
 * registers; with AES-NI more lanes would be bound by the number of rounds and stores instead, and
 * gain nothing. Wide registers make two lanes out of little more than the time of one.
 */
enum LaneShape {
  NI_LANE,
  YMM_LANE,
  ZMM_PAIR;

  /** How many lanes are worked on in one loop; more take turns. */
  static int lanesPerLoop(Width width, AesRoutine routine) {
    return switch (width) {
      case XMM -> routine == AesRoutine.GENERATE_PROGRAM ? 2 : 1;
      case YMM -> 2;
      case ZMM -> AesLanes.MAX_LANES;
    };
  }

  /** The shapes of so many lanes in one loop. */
  static List<LaneShape> of(Width width, int lanes) {
    if (lanes == 1) {
      return List.of(NI_LANE);
    }
    return switch (width) {
      case XMM -> List.of(NI_LANE, NI_LANE);
      case YMM -> List.of(YMM_LANE, YMM_LANE);
      case ZMM ->
          switch (lanes) {
            case 2 -> List.of(ZMM_PAIR);
            case 3 -> List.of(ZMM_PAIR, YMM_LANE);
            default -> List.of(ZMM_PAIR, ZMM_PAIR);
          };
    };
  }
}
