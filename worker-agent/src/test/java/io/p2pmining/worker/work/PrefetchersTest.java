package io.p2pmining.worker.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.p2pmining.core.cpu.CpuFeatures;
import io.p2pmining.core.cpu.CpuSet;
import io.p2pmining.core.cpu.ModelSpecificRegisters;
import io.p2pmining.core.cpu.ModelSpecificRegisters.Outcome;
import io.p2pmining.core.cpu.ModelSpecificRegisters.RegisterFiles;
import io.p2pmining.worker.node.RegisterSetting;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrefetchersTest {

  private static final int PREFETCH_CONTROL = 0x1a4;
  private static final long FORMER = 0x0011_2233_4455_6677L;

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
  void areTurnedOnAgainWhenTheWorkerEnds(@TempDir Path root) throws IOException {
    Path device = Files.createDirectories(root.resolve("cpu/0")).resolve("msr");
    try (RandomAccessFile file = new RandomAccessFile(device.toFile(), "rw")) {
      file.seek(PREFETCH_CONTROL);
      file.writeLong(FORMER);
      RegisterFiles files =
          new RegisterFiles(root.resolve("cpu"), root.resolve("run").resolve("registers"));
      CpuFeatures intel = new CpuFeatures("GenuineIntel", "", 6, 0x97, 0, false, Set.of());
      try (Prefetchers auto =
          new Prefetchers(
              RegisterSetting.AUTO,
              () -> 0,
              () -> ModelSpecificRegisters.change(files, intel, CpuSet.of(0)))) {
        auto.start();
        file.seek(PREFETCH_CONTROL);
        assertThat(Long.reverseBytes(file.readLong())).isEqualTo(0xf);
      }
      file.seek(PREFETCH_CONTROL);
      assertThat(file.readLong()).isEqualTo(FORMER);
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
