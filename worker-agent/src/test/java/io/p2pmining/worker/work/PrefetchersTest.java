package io.p2pmining.worker.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.p2pmining.core.cpu.ModelSpecificRegisters.Outcome;
import io.p2pmining.worker.node.RegisterSetting;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PrefetchersTest {

  private final List<String> calls = new ArrayList<>();

  private Prefetchers prefetchers(RegisterSetting setting) {
    return new Prefetchers(
        setting,
        () -> {
          calls.add("restore");
          return 2;
        },
        () -> {
          calls.add("change");
          return new Outcome.Refused("in a virtual machine they are not the processor's own");
        });
  }

  @Test
  void areLeftAloneByDefaultButForWhatAKilledWorkerLeft() {
    try (Prefetchers off = prefetchers(RegisterSetting.OFF)) {
      off.start();
      assertThat(calls).containsExactly("restore");
    }
  }

  @Test
  void areTurnedOffAfterWhatWasLeftIsRestored() {
    Prefetchers auto = prefetchers(RegisterSetting.AUTO);
    auto.start();
    assertThat(calls).containsExactly("restore", "change");
    assertThatCode(auto::close).as("nothing was changed").doesNotThrowAnyException();
  }
}
