package io.p2pmining.core.randomx.vm;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.core.crypto.compiled.AesCode;
import io.p2pmining.core.memory.OwnMappings;
import io.p2pmining.core.memory.PagePolicy;
import io.p2pmining.core.pow.InstructionLimit;
import io.p2pmining.core.pow.PrefetchMode;
import io.p2pmining.core.randomx.PatternDataset;
import io.p2pmining.core.randomx.RandomXParameters;
import io.p2pmining.core.randomx.RandomXVariants;
import io.p2pmining.core.randomx.StrangeParameters;
import io.p2pmining.core.randomx.compiler.AesBytes;
import io.p2pmining.core.randomx.compiler.CompilerTarget;
import io.p2pmining.core.randomx.compiler.DatasetAccess;
import io.p2pmining.core.randomx.compiler.ProgramCompiler;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is in the code memory of this process after hashing under a limit. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class InstructionLimitTest {

  @ParameterizedTest
  @EnumSource(InstructionLimit.class)
  void decidesWhetherThereIsAnyInstructionForAes(InstructionLimit limit) {
    RandomXParameters parameters = StrangeParameters.shortened(RandomXVariants.MONERO_V2, 10);
    CompilerTarget target = CompilerTarget.detect(limit).orElseThrow();
    Set<Long> before = addresses(OwnMappings.now().code());
    try (AesCode aes = AesCode.generate(target.aesKind(), parameters.programGenerator());
        CompiledVm vm =
            new CompiledVm(
                parameters,
                compiler(parameters, target),
                aes,
                2,
                PrefetchMode.WALK_FIRST,
                PagePolicy.SMALL)) {
      vm.seed(0, new byte[RandomXVm.SEED_BYTES]);
      vm.seed(1, new byte[RandomXVm.SEED_BYTES]);
      vm.start();
      vm.program();
      vm.execute();
      int found = 0;
      int searched = 0;
      for (MemorySegment code : OwnMappings.now().code()) {
        if (!before.contains(code.address())) {
          searched++;
          found += AesBytes.areIn(code.toArray(ValueLayout.JAVA_BYTE)) ? 1 : 0;
        }
      }
      assertThat(searched).as("AES, programs and their encoder").isEqualTo(3);
      assertThat(found).isEqualTo(target.aes() ? 2 : 0);
    }
  }

  private static ProgramCompiler compiler(RandomXParameters parameters, CompilerTarget target) {
    long dataset = PatternDataset.shared().address();
    return new ProgramCompiler(
        parameters, target, new DatasetAccess.Stored(dataset, DatasetAccess.WHOLE));
  }

  private static Set<Long> addresses(Set<MemorySegment> code) {
    return code.stream().map(MemorySegment::address).collect(Collectors.toSet());
  }
}
