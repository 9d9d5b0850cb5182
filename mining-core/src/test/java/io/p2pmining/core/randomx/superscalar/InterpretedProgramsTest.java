package io.p2pmining.core.randomx.superscalar;

import java.util.List;

class InterpretedProgramsTest extends SuperscalarExecutorContract {

  @Override
  SuperscalarExecutor executor(List<SuperscalarProgram> programs) {
    return InterpretedPrograms.of(programs);
  }
}
