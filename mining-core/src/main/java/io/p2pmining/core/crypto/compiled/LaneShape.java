package io.p2pmining.core.crypto.compiled;

import java.util.List;

/**
 * How lanes are put into registers. One scratchpad is bound by the chain of rounds whatever the
 * registers; two at once are bound by the caches, and more at once get into each other's way there.
 * Programs stay in the first level of the cache, so all lanes go at once.
 */
enum LaneShape {
  NI_LANE,
  YMM_LANE,
  ZMM_PAIR;

  /** How many lanes are worked on in one loop; more take turns. */
  static int lanesPerLoop(AesKind kind, AesRoutine routine) {
    boolean program = routine == AesRoutine.GENERATE_PROGRAM;
    return switch (kind) {
      case AES_NI -> program ? 2 : 1;
      case VAES_256 -> 2;
      case VAES_512 -> program ? 4 : 2;
    };
  }

  /** The shapes of so many lanes in one loop. */
  static List<LaneShape> of(AesKind kind, int lanes) {
    if (lanes == 1) {
      return List.of(NI_LANE);
    }
    return switch (kind) {
      case AES_NI -> List.of(NI_LANE, NI_LANE);
      case VAES_256 -> List.of(YMM_LANE, YMM_LANE);
      case VAES_512 ->
          switch (lanes) {
            case 2 -> List.of(ZMM_PAIR);
            case 3 -> List.of(ZMM_PAIR, YMM_LANE);
            default -> List.of(ZMM_PAIR, ZMM_PAIR);
          };
    };
  }
}
