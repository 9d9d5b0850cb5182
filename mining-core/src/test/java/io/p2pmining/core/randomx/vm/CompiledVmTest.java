package io.p2pmining.core.randomx.vm;

import io.p2pmining.core.pow.EngineSettings;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Machine code, each two of lanes, limit of instructions and kind of pages together. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
@ParameterizedClass
@MethodSource("everyPair")
class CompiledVmTest extends CompiledVmContract {

  CompiledVmTest(EngineSettings settings) {
    super(settings);
  }
}
