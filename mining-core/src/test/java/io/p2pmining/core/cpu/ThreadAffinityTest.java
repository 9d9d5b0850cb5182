package io.p2pmining.core.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class ThreadAffinityTest {

  private static <T> T inThreadOfItsOwn(Callable<T> task) throws Exception {
    FutureTask<T> future = new FutureTask<>(task);
    Thread.ofPlatform().start(future);
    return future.get();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void placesAThreadOnOneProcessorAndAnywhereAgain() throws Exception {
    CpuSet allowed = ThreadAffinity.allowed().orElseThrow();
    int last = allowed.toList().getLast();
    List<Object> seen = new ArrayList<>();
    Thread thread =
        Thread.ofPlatform()
            .start(
                () -> {
                  seen.add(ThreadAffinity.place(OptionalInt.of(last)));
                  seen.add(ThreadAffinity.ofCallingThread().orElseThrow());
                  seen.add(ThreadAffinity.place(OptionalInt.empty()));
                  seen.add(ThreadAffinity.ofCallingThread().orElseThrow());
                  seen.add(ThreadAffinity.place(OptionalInt.of(8000)));
                });
    thread.join();
    assertThat(seen).containsExactly(true, CpuSet.of(last), true, allowed, false);
  }

  @Test
  void pinsTheCallingThreadAlone() throws Exception {
    CpuSet allowed = ThreadAffinity.allowed().orElseThrow();
    CpuSet before = ThreadAffinity.ofCallingThread().orElseThrow();
    for (int cpu : allowed.toList()) {
      CpuSet pinned =
          inThreadOfItsOwn(
              () -> {
                assertThat(ThreadAffinity.pin(CpuSet.of(cpu))).isTrue();
                return ThreadAffinity.ofCallingThread().orElseThrow();
              });
      assertThat(pinned).isEqualTo(CpuSet.of(cpu));
    }
    assertThat(ThreadAffinity.ofCallingThread()).hasValue(before);
    assertThat(ThreadAffinity.allowed()).hasValue(allowed);
  }

  @Test
  void changesNothingWhereTheThreadMayNotRun() throws Exception {
    CpuSet unchanged =
        inThreadOfItsOwn(
            () -> {
              assertThat(ThreadAffinity.pin(CpuSet.of(8000))).isFalse();
              assertThat(ThreadAffinity.pin(CpuSet.NONE)).isFalse();
              return ThreadAffinity.ofCallingThread().orElseThrow();
            });
    assertThat(unchanged).isEqualTo(ThreadAffinity.ofCallingThread().orElseThrow());
  }

  @Test
  void takesWhatIsAllowedOfMore() throws Exception {
    int first = ThreadAffinity.allowed().orElseThrow().toList().getFirst();
    CpuSet pinned =
        inThreadOfItsOwn(
            () -> {
              assertThat(ThreadAffinity.pin(CpuSet.of(first, 8000))).isTrue();
              return ThreadAffinity.ofCallingThread().orElseThrow();
            });
    assertThat(pinned).isEqualTo(CpuSet.of(first));
  }

  @Test
  void readsWhatTheContainerAllows(@TempDir Path directory) throws IOException {
    Path status = directory.resolve("status");
    Files.writeString(
        status, "Name:\tjava\nCpus_allowed:\tc\nCpus_allowed_list:\t2-3,7\nMems: 1\n");
    assertThat(ThreadAffinity.allowed(status)).hasValue(CpuSet.of(2, 3, 7));
    assertThat(ThreadAffinity.allowed(directory.resolve("missing"))).isEmpty();
  }
}
