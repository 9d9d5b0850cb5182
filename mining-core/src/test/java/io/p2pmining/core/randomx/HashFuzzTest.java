package io.p2pmining.core.randomx;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Whole hashes of all variants, for a fifth of the time that is given to programs. */
@Tag("fuzz")
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class HashFuzzTest {

  private static final double PART = 0.2;
  private static final int INPUTS = 24;

  @Test
  void findsNoHashThatDiffers() throws InterruptedException {
    FuzzTime time = new FuzzTime("hashes", PART);
    List<RandomXParameters> variants = RandomXVariants.all();
    while (time.goesOn()) {
      long seed = time.nextSeed();
      RandomXParameters variant = variants.get(new SplittableRandom(seed).nextInt(variants.size()));
      time.agreed(HashComparison.run(variant, INPUTS, seed));
    }
    time.report();
  }
}
