package io.p2pmining.core.randomx.vm;

import io.p2pmining.core.pow.EngineSettings;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Machine code, all combinations of lanes, limit of instructions and kind of pages. */
@Tag("full")
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
@ParameterizedClass
@MethodSource("everyCombination")
class CompiledVmMatrixTest extends CompiledVmContract {

  CompiledVmMatrixTest(EngineSettings settings) {
    super(settings);
  }
}
