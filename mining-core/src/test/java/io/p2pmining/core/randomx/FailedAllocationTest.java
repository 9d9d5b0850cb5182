package io.p2pmining.core.randomx;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.core.memory.CodeMemoryException;
import io.p2pmining.core.memory.FailingCalls;
import io.p2pmining.core.memory.FailingCalls.CodeMemory;
import io.p2pmining.core.memory.InsufficientMemoryException;
import io.p2pmining.core.pow.CompilerPolicy;
import io.p2pmining.core.pow.EngineSettings;
import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.core.pow.InstructionLimit;
import io.p2pmining.core.pow.Preparation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The system refuses memory at any step. */
class FailedAllocationTest extends LightEngineTest {

  private static final EngineSettings SETTINGS = compiler(2, InstructionLimit.AUTO);

  /** With one view of code, each program that is written makes it writable and executable again. */
  @ParameterizedTest
  @EnumSource(
      value = CodeMemory.class,
      names = {"TWO_VIEWS", "ONE_VIEW"})
  void leavesNothingBehindWhicheverCallFails(CodeMemory codeMemory) {
    FailingCalls counting = new FailingCalls(call -> false, codeMemory);
    assertThat(counting.failures(FailedAllocationTest::openAndHash)).isEmpty();
    counting.assertNothingLeft();
    Set<String> fatal = new HashSet<>();
    for (int i = 0; i < counting.calls().size(); i++) {
      int failing = i;
      FailingCalls system = new FailingCalls(call -> call.index() == failing, codeMemory);
      List<Exception> failures = system.failures(FailedAllocationTest::openAndHash);
      assertThat(system.calls()).as("call %d was made", failing).hasSizeGreaterThan(failing);
      system.assertNothingLeft();
      for (Exception failure : failures) {
        fatal.add(system.calls().get(failing).function());
        assertThat(failure)
            .isInstanceOfAny(
                CodeMemoryException.class,
                InsufficientMemoryException.class,
                IllegalStateException.class);
      }
    }
    assertThat(fatal).contains("mmap");
    if (codeMemory == CodeMemory.ONE_VIEW) {
      assertThat(fatal).contains("mprotect");
    }
  }

  private static void openAndHash() throws Exception {
    use(PARAMETERS, SETTINGS, pipeline -> hash(pipeline, 1));
  }

  @Test
  void leavesNothingBehindWhenThereIsNoMemoryForTheCache() {
    assertThatPreparationLeavesNothing(
        HashingMode.LIGHT, call -> call.length() >= CacheParameters.CACHE_BYTES);
  }

  @Test
  void leavesNothingBehindWhenMemoryForTheCacheRunsOut() {
    assertThatPreparationLeavesNothing(
        HashingMode.LIGHT, call -> call.function().equals("madvise") && call.index() > 20);
  }

  @Test
  void leavesNothingBehindWhenThereIsMemoryForTheCacheAlone() {
    assertThatPreparationLeavesNothing(
        HashingMode.FULL, call -> call.length() >= CacheParameters.DATASET_BASE_BYTES);
  }

  /** Before the cache is filled, and when it is complete. */
  @Test
  void leavesNothingBehindWhicheverCodeStaysAsItIs() {
    FailingCalls counting = new FailingCalls(call -> false, CodeMemory.ONE_VIEW);
    assertThat(counting.failures(() -> prepare(HashingMode.LIGHT))).isEmpty();
    counting.assertNothingLeft();
    long changes = counting.calls().stream().filter(FailedAllocationTest::protects).count();
    assertThat(changes).isGreaterThan(2);
    for (int i = 1; i <= changes; i++) {
      AtomicInteger left = new AtomicInteger(i);
      assertThatPreparationLeavesNothing(
          HashingMode.LIGHT, call -> protects(call) && left.decrementAndGet() == 0);
    }
  }

  private static boolean protects(FailingCalls.Call call) {
    return call.function().equals("mprotect");
  }

  @ParameterizedTest
  @EnumSource(
      value = CodeMemory.class,
      names = {"TWO_VIEWS", "ONE_VIEW"})
  void leavesNothingBehindWhenItemsAreToBeComputed(CodeMemory codeMemory) {
    FailingCalls counting = new FailingCalls(call -> false, codeMemory);
    assertThat(counting.failures(FailedAllocationTest::openItemSource)).isEmpty();
    counting.assertNothingLeft();
    assertThat(counting.calls()).hasSizeGreaterThan(4);
    for (int i = 0; i < counting.calls().size(); i++) {
      int failing = i;
      FailingCalls system = new FailingCalls(call -> call.index() == failing, codeMemory);
      assertThat(system.failures(FailedAllocationTest::openItemSource))
          .allMatch(CodeMemoryException.class::isInstance);
      assertThat(system.calls()).hasSizeGreaterThan(failing);
      system.assertNothingLeft();
    }
  }

  private static void openItemSource() {
    ItemSource.of(cache(), SETTINGS).close();
  }

  private static void assertThatPreparationLeavesNothing(
      HashingMode mode, Predicate<FailingCalls.Call> failing) {
    FailingCalls system = new FailingCalls(failing, CodeMemory.ONE_VIEW);
    assertThat(system.failures(() -> prepare(mode))).as("%s", system.calls()).isNotEmpty();
    system.assertNothingLeft();
  }

  private static void prepare(HashingMode mode) throws InterruptedException {
    new RandomXAlgorithm(PARAMETERS)
        .prepare(KEY, mode, Preparation.onThreads(1).withEngine(SETTINGS))
        .close();
  }

  @Test
  void makesTheInterpreterHashWhereThereIsNoMemoryForCode() throws Exception {
    List<byte[]> hashes = new ArrayList<>();
    use(PARAMETERS, SETTINGS, pipeline -> hashes.add(hash(pipeline, 1)[0]));
    FailingCalls system = new FailingCalls(call -> false, CodeMemory.NONE);
    assertThat(
            system.failures(
                () ->
                    use(
                        PARAMETERS,
                        SETTINGS.withCompiler(CompilerPolicy.AUTO),
                        pipeline -> {
                          assertThat(pipeline.lanes()).isEqualTo(1);
                          hashes.add(hash(pipeline, 1)[0]);
                        })))
        .isEmpty();
    system.assertNothingLeft();
    assertThat(hashes.get(1)).isEqualTo(hashes.get(0));
  }

  @Test
  void failsWhereThereIsNoMemoryForCodeButTheCompilerIsRequired() {
    FailingCalls system = new FailingCalls(call -> false, CodeMemory.NONE);
    assertThat(system.failures(FailedAllocationTest::openAndHash))
        .singleElement()
        .isInstanceOf(CodeMemoryException.class);
    system.assertNothingLeft();
  }
}
