package io.p2pmining.core.randomx.superscalar;

/**
 * Which execution ports of the reference CPU are taken in which cycle (specification, section
 * 6.3.3). A port is a bit, so that sets of ports are masks.
 */
final class Ports {

  static final int NONE = 0;
  static final int P0 = 1;
  static final int P1 = 2;
  static final int P5 = 4;
  static final int P01 = P0 | P1;
  static final int P05 = P0 | P5;
  static final int P015 = P0 | P1 | P5;

  /** What {@link #earliest} and {@link #take} answer when no cycle is left. */
  static final int SATURATED = -1;

  /** Instructions may start this many cycles after the last cycle of a program. */
  private static final int CYCLES_BEYOND = 4;

  private final byte[] taken;

  Ports(int cycles) {
    taken = new byte[cycles + CYCLES_BEYOND];
  }

  /** The first cycle from {@code cycle} on in which all micro-ops can run, or SATURATED. */
  int earliest(MacroOp macroOp, int cycle) {
    if (macroOp.firstPorts() == NONE) {
      return cycle;
    }
    for (int candidate = cycle; candidate < taken.length; candidate++) {
      if (fits(macroOp, candidate)) {
        return candidate;
      }
    }
    return SATURATED;
  }

  /** Takes the ports in the cycle that {@link #earliest} names. */
  int take(MacroOp macroOp, int cycle) {
    int found = earliest(macroOp, cycle);
    if (found != SATURATED && macroOp.firstPorts() != NONE) {
      taken[found] |= (byte) (choose(macroOp.firstPorts(), found));
      taken[found] |= (byte) (choose(macroOp.secondPorts(), found));
    }
    return found;
  }

  private boolean fits(MacroOp macroOp, int cycle) {
    return choose(macroOp.firstPorts(), cycle) != NONE
        && (macroOp.secondPorts() == NONE || choose(macroOp.secondPorts(), cycle) != NONE);
  }

  /** One free port of the set, the multiplier's port P1 last. */
  private int choose(int ports, int cycle) {
    int free = ports & ~taken[cycle];
    if ((free & P5) != 0) {
      return P5;
    }
    return (free & P0) != 0 ? P0 : free & P1;
  }
}
