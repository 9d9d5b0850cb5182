package io.p2pmining.core.randomx.superscalar;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TranslatedProgramsTest extends SuperscalarExecutorContract {

  /** HotSpot never compiles methods of more bytecode (DontCompileHugeMethods). */
  private static final int HUGE_METHOD_BYTES = 8000;

  @Override
  SuperscalarExecutor executor(List<SuperscalarProgram> programs) {
    return TranslatedPrograms.of(programs);
  }

  @Test
  void unloadsTheClassOfAKeyThatIsGone() {
    WeakReference<Class<?>> translation = translationThatIsGone();
    for (int attempt = 0; attempt < 10 && translation.get() != null; attempt++) {
      System.gc();
    }
    assertThat(translation.get()).isNull();
  }

  private static WeakReference<Class<?>> translationThatIsGone() {
    TranslatedPrograms programs =
        TranslatedPrograms.of(SuperscalarProgram.generate(new byte[1], 170, 8));
    programs.execute(0, new long[8]);
    return new WeakReference<>(programs.translation());
  }

  @Test
  void staysBelowTheMethodSizeThatIsNeverCompiled() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int repeat = 0; repeat < 50; repeat++) {
      byte[] key = new byte[32];
      random.nextBytes(key);
      for (SuperscalarProgram program : SuperscalarProgram.generate(key, 170, 8)) {
        // A class of one program is a little longer than its longest method.
        assertThat(new ProgramTranslator(List.of(program)).classFile())
            .as("seed=%d", seed)
            .hasSizeLessThan(HUGE_METHOD_BYTES);
      }
    }
  }
}
