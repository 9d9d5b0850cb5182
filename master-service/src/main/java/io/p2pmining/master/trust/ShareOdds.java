package io.p2pmining.master.trust;

import io.p2pmining.core.pow.Target;
import java.math.BigInteger;

/** How likely one hash is to be a share. */
public final class ShareOdds {

  private static final int TARGET_BITS = 8 * Target.LENGTH;

  private ShareOdds() {}

  /** The probability that a hash meets the target, rounded down: (target + 1) / 2²⁵⁶. */
  public static double of(Target target) {
    byte[] littleEndian = target.toLittleEndian();
    byte[] bigEndian = new byte[littleEndian.length];
    for (int i = 0; i < bigEndian.length; i++) {
      bigEndian[i] = littleEndian[littleEndian.length - 1 - i];
    }
    double value = new BigInteger(1, bigEndian).add(BigInteger.ONE).doubleValue();
    return Math.nextDown(Math.scalb(value, -TARGET_BITS));
  }
}
