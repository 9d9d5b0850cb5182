package io.p2pmining.core.randomx;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.core.memory.FailingCalls;
import io.p2pmining.core.memory.FailingCalls.CodeMemory;
import io.p2pmining.core.memory.OwnMappings;
import io.p2pmining.core.pow.EngineSettings;
import io.p2pmining.core.pow.InstructionLimit;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No memory can be written and executed at once, but for the code cache of Java itself. */
class CodeProtectionTest extends LightEngineTest {

  private static final int LOOKS = 40;

  @ParameterizedTest
  @EnumSource(
      value = CodeMemory.class,
      names = {"TWO_VIEWS", "ONE_VIEW"})
  void holdsBeforeDuringAndAfterHashing(CodeMemory codeMemory) {
    FailingCalls system = new FailingCalls(call -> false, codeMemory);
    assertThat(
            system.failures(
                () -> {
                  for (InstructionLimit limit : InstructionLimit.values()) {
                    assertHolds(compiler(2, limit), codeMemory);
                  }
                }))
        .isEmpty();
  }

  private static void assertHolds(EngineSettings settings, CodeMemory codeMemory) throws Exception {
    Set<Long> before = OwnMappings.now().writableAndExecutable();
    long views = OwnMappings.now().codeViews();
    AtomicInteger looks = new AtomicInteger();
    use(
        PARAMETERS,
        settings,
        pipeline -> {
          assertThat(OwnMappings.now().writableAndExecutable()).isEqualTo(before);
          if (codeMemory == CodeMemory.TWO_VIEWS) {
            assertThat(OwnMappings.now().codeViews()).isGreaterThan(views);
          }
          Thread hashing =
              Thread.ofPlatform()
                  .daemon()
                  .start(
                      () -> {
                        while (looks.get() < LOOKS) {
                          hash(pipeline, 1);
                        }
                      });
          try {
            while (looks.get() < LOOKS && hashing.isAlive()) {
              assertThat(OwnMappings.now().writableAndExecutable()).isEqualTo(before);
              looks.incrementAndGet();
            }
          } finally {
            looks.set(LOOKS);
            hashing.join();
          }
        });
    assertThat(looks.get()).isEqualTo(LOOKS);
    assertThat(OwnMappings.now().writableAndExecutable()).isEqualTo(before);
    assertThat(OwnMappings.now().codeViews()).isEqualTo(views);
  }
}
