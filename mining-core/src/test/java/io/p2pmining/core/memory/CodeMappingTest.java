package io.p2pmining.core.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodeMappingTest {

  private static final int EACCES = 13;

  @Test
  void asksOlderKernelsWithoutTheFlagTheyDoNotKnow() throws SystemCallException {
    SimulatedCalls calls = new SimulatedCalls(0, SystemCallException.EINVAL);
    CodeMapping mapping = CodeMapping.map(calls, 5000, CodeViews.TWO_VIEWS);
    assertThat(mapping.views()).isEqualTo(CodeViews.TWO_VIEWS);
    assertThat(mapping.length()).isEqualTo(8192);
    assertThat(calls.calls)
        .startsWith("memfd_create flags=0x11", "memfd_create flags=0x1", "fallocate 8192");
    mapping.unmap(calls);
    calls.assertNothingLeft();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void flipsOneViewWhereTwoAreNotToBeHad(int failingCall) throws SystemCallException {
    SimulatedCalls calls = new SimulatedCalls(failingCall, EACCES);
    CodeMapping mapping = CodeMapping.map(calls, 5000, CodeViews.TWO_VIEWS);
    assertThat(mapping.views()).isEqualTo(CodeViews.FLIPPED);
    assertThat(mapping.executableAddress()).isEqualTo(mapping.writableAddress());
    mapping.unmap(calls);
    calls.assertNothingLeft();
  }

  @Test
  void asksForWritableAndExecutableMemoryOnlyWhenTold() throws SystemCallException {
    for (CodeViews views : new CodeViews[] {CodeViews.TWO_VIEWS, CodeViews.FLIPPED}) {
      for (int failingCall = 0; failingCall < 6; failingCall++) {
        SimulatedCalls calls = new SimulatedCalls(failingCall, EACCES);
        try {
          CodeMapping.map(calls, 5000, views);
        } catch (SystemCallException e) {
          calls.assertNothingLeft();
        }
        assertThat(calls.calls).noneMatch(call -> call.startsWith("mmap protection=7"));
      }
    }
  }

  @Test
  void namesTheRemedyWhereNothingIsToBeHad() {
    SimulatedCalls calls = new SimulatedCalls(0, EACCES);
    assertThatThrownBy(() -> ExecutableMemory.allocate(calls, 4096, "a test", CodeViews.FLIPPED))
        .isInstanceOf(CodeMemoryException.class)
        .hasMessageContaining("4096 bytes for a test")
        .hasMessageContaining("errno=13")
        .hasMessageContaining("vm.memfd_noexec");
    calls.assertNothingLeft();
  }
}
