package io.p2pmining.core.randomx.vm;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.p2pmining.core.crypto.compiled.AesCode;
import io.p2pmining.core.memory.PagePolicy;
import io.p2pmining.core.pow.InstructionLimit;
import io.p2pmining.core.pow.PrefetchMode;
import io.p2pmining.core.randomx.PatternDataset;
import io.p2pmining.core.randomx.RandomXParameters;
import io.p2pmining.core.randomx.RandomXVariants;
import io.p2pmining.core.randomx.StrangeParameters;
import io.p2pmining.core.randomx.compiler.CompilerTarget;
import io.p2pmining.core.randomx.compiler.DatasetAccess;
import io.p2pmining.core.randomx.compiler.ProgramCompiler;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Programs that read a dataset make no work for the garbage collector. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class ExecutionAllocationTest {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final int WARM_UP_BATCHES = 200;
  private static final int BATCHES = 1000;

  /** Batches during which Java may be busy with itself, in this very thread. */
  private static final int TOLERATED_BATCHES = BATCHES / 50;

  @ParameterizedTest
  @EnumSource(InstructionLimit.class)
  void allocatesNothing(InstructionLimit limit) {
    RandomXParameters parameters = StrangeParameters.shortened(RandomXVariants.ARQMA, 16);
    CompilerTarget target = CompilerTarget.detect(limit).orElseThrow();
    ProgramCompiler compiler =
        new ProgramCompiler(
            parameters,
            target,
            new DatasetAccess.Stored(PatternDataset.shared().address(), DatasetAccess.WHOLE));
    try (AesCode aes = AesCode.generate(target.aesKind(), parameters.programGenerator());
        RandomXVm vm =
            new CompiledVm(
                parameters, compiler, aes, 2, PrefetchMode.WALK_FIRST, PagePolicy.SMALL)) {
      byte[] bytes = new byte[RandomXVm.REGISTER_FILE_BYTES];
      vm.start();
      int allocating = 0;
      for (int i = 0; i < WARM_UP_BATCHES + BATCHES; i++) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int lane = 0; lane < vm.lanes(); lane++) {
          vm.copyRegisterFile(lane, bytes);
          vm.seed(lane, bytes);
        }
        vm.program();
        vm.execute();
        vm.restart();
        boolean allocated = THREADS.getCurrentThreadAllocatedBytes() != before;
        if (i >= WARM_UP_BATCHES && allocated) {
          allocating++;
        }
      }
      assertThat(allocating).isLessThan(TOLERATED_BATCHES);
    }
  }
}
