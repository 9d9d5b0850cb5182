package io.p2pmining.core.randomx;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Whole hashes with random keys and inputs. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class RandomHashTest {

  @Test
  void isTheSameByEveryEngineForTheCheapestVariant() throws InterruptedException {
    HashComparison.run(RandomXVariants.ARQMA, 12, TestSeed.of("random hashes of rx/arq"));
  }

  @Test
  void isTheSameByEveryEngineForSomeVariant() throws InterruptedException {
    long seed = TestSeed.of("random hashes");
    List<RandomXParameters> variants = RandomXVariants.all();
    RandomXParameters variant = variants.get(new SplittableRandom(seed).nextInt(variants.size()));
    HashComparison.run(variant, 4, seed);
  }
}
