package io.p2pmining.core.randomx.vm;

import io.p2pmining.core.crypto.compiled.AesCode;
import io.p2pmining.core.memory.PagePolicy;
import io.p2pmining.core.pow.CompilerPolicy;
import io.p2pmining.core.pow.EngineSettings;
import io.p2pmining.core.pow.InstructionLimit;
import io.p2pmining.core.randomx.PatternDataset;
import io.p2pmining.core.randomx.RandomXCache;
import io.p2pmining.core.randomx.RandomXParameters;
import io.p2pmining.core.randomx.SeedMemory;
import io.p2pmining.core.randomx.compiler.CompilerTarget;
import io.p2pmining.core.randomx.compiler.DatasetAccess;
import io.p2pmining.core.randomx.compiler.ProgramCompiler;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

/** Machine code, in every number of lanes and under every limit of instructions. */
class CompiledVmTest {

  @Nested
  class OneLaneWithEverything extends Contract {
    OneLaneWithEverything() {
      super(1, InstructionLimit.AUTO, PagePolicy.AUTO);
    }
  }

  @Nested
  class TwoLanesWithEverything extends Contract {
    TwoLanesWithEverything() {
      super(2, InstructionLimit.AVX512, PagePolicy.TRANSPARENT_HUGE);
    }
  }

  @Nested
  class ThreeLanesWithoutAvx512 extends Contract {
    ThreeLanesWithoutAvx512() {
      super(3, InstructionLimit.AVX2, PagePolicy.SMALL);
    }
  }

  @Nested
  class TwoLanesWithoutExtensions extends Contract {
    TwoLanesWithoutExtensions() {
      super(2, InstructionLimit.NONE, PagePolicy.AUTO);
    }
  }

  @Nested
  class FourLanesWithEverything extends Contract {
    FourLanesWithEverything() {
      super(4, InstructionLimit.AVX512, PagePolicy.SMALL);
    }
  }

  @Nested
  class OneLaneWithoutAes extends Contract {
    OneLaneWithoutAes() {
      super(1, InstructionLimit.NO_AES, PagePolicy.TRANSPARENT_HUGE);
    }
  }

  abstract static class Contract extends RandomXVmContract {

    private final int lanes;
    private final EngineSettings settings;
    private final List<AutoCloseable> opened = new ArrayList<>();

    Contract(int lanes, InstructionLimit limit, PagePolicy pages) {
      this.lanes = lanes;
      this.settings = new EngineSettings(CompilerPolicy.REQUIRED, limit, lanes, pages);
    }

    @Override
    RandomXVm create(RandomXParameters parameters, RandomXCache cache) {
      RandomXEngine engine =
          RandomXEngine.create(parameters, new SeedMemory.Light(cache), settings);
      opened.add(engine);
      return engine.newVm(lanes);
    }

    @Override
    RandomXVm create(RandomXParameters parameters, PatternDataset dataset) {
      CompilerTarget target = CompilerTarget.detect(settings.instructions()).orElseThrow();
      AesCode aes = AesCode.generate(target.aesKind(), parameters.programGenerator());
      opened.add(aes);
      ProgramCompiler compiler =
          new ProgramCompiler(
              parameters, target, new DatasetAccess.Stored(dataset.address(), DatasetAccess.WHOLE));
      return new CompiledVm(parameters, compiler, aes, lanes, settings.pages());
    }

    @AfterEach
    void closeEngines() throws Exception {
      for (AutoCloseable each : opened) {
        each.close();
      }
      opened.clear();
    }
  }
}
