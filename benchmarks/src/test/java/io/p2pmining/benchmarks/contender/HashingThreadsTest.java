package io.p2pmining.benchmarks.contender;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class HashingThreadsTest {

  private final List<RecordingLoop> loops = Collections.synchronizedList(new ArrayList<>());

  /** Counts 100 hashes and allocates 1000 bytes in each run. */
  private static final class RecordingLoop implements HashLoop {

    private final Thread owner = Thread.currentThread();
    private final List<Integer> nonces = new ArrayList<>();
    private byte[] garbage = new byte[0];
    private boolean closed;

    @Override
    public long hashFor(long nanos, int firstNonce) {
      assertThat(Thread.currentThread()).isSameAs(owner);
      nonces.add(firstNonce);
      garbage = new byte[1000];
      return 100;
    }

    @Override
    public byte[] hash(byte[] input) {
      assertThat(Thread.currentThread()).isSameAs(owner);
      return input.clone();
    }

    @Override
    public void close() {
      assertThat(Thread.currentThread()).isSameAs(owner);
      closed = garbage.length >= 0;
    }
  }

  @Test
  void givesEachThreadALoopAndNoncesOfItsOwn() throws InterruptedException {
    try (HashingThreads threads = start(2)) {
      HashRun run = threads.hashFor(0.001);
      threads.hashFor(0.001);
      assertThat(run.hashes()).isEqualTo(200);
      assertThat(run.hashesPerSecond()).isPositive();
      assertThat(loops.stream().flatMap(loop -> loop.nonces.stream()))
          .hasSize(4)
          .doesNotHaveDuplicates();
      assertThat(threads.hash(new byte[] {5})).containsExactly(5);
    }
    assertThat(loops).hasSize(2).allMatch(loop -> loop.closed);
  }

  @Test
  void countsWhatHashingAllocatesAndNothingElse() throws InterruptedException {
    try (HashingThreads threads = start(2)) {
      threads.hashFor(0.001);
      assertThat(threads.hashFor(0.001).allocatedBytes()).isBetween(2000L, 2500L);
    }
  }

  @Test
  void saysWhyAThreadFailed() {
    assertThatExceptionOfType(ContenderException.class)
        .isThrownBy(
            () ->
                HashingThreads.start(
                    1,
                    () -> {
                      throw new IllegalStateException("no machine");
                    }))
        .withMessageContaining("no machine");
  }

  private HashingThreads start(int count) throws InterruptedException {
    return HashingThreads.start(
        count,
        () -> {
          RecordingLoop loop = new RecordingLoop();
          loops.add(loop);
          return loop;
        });
  }
}
