package io.p2pmining.master.source.monero;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.common.work.Bytes;
import io.p2pmining.master.job.BlockCandidate;
import io.p2pmining.master.job.BlockOutcome;
import io.p2pmining.master.job.BlockOutcome.State;
import io.p2pmining.master.job.Job;
import io.p2pmining.master.job.JobListener.Replacement;
import io.p2pmining.master.source.monero.RecordedJobs.Arrival;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The source against a real daemon; at difficulty 1 every nonce makes a block. */
class MoneroSourceIT {

  static final String WALLET =
      "46vN57XGKQkG69CRVjbv3M1y5FHayTQQdVyRFEAgNPz54gwoqMxRAjy5jD9QccFcc3cqiUE7JYou1HAd7Z8r8YboKaqB8ef";

  @TempDir Path directory;

  @BeforeAll
  static void needsMonerod() {
    RegtestDaemon.need();
  }

  @Test
  void minesAcrossSeedChanges() throws Exception {
    RecordedJobs jobs = new RecordedJobs();
    try (RegtestDaemon daemon =
            new RegtestDaemon(directory).withDifficulty(1).withSeedEpochs(8, 4).start();
        MoneroSource source = sourceOf(daemon.url())) {
      source.start(jobs);
      Set<Bytes> seeds = new HashSet<>();
      Bytes announced = Bytes.EMPTY;
      for (int height = 1; height <= 22; height++) {
        long expected = height;
        Job job = jobs.awaitArrival(arrival -> arrival.job().height() == expected).job();
        if (seeds.add(job.seedHash()) && height > 1) {
          assertThat(job.seedHash()).as("the key that was announced").isEqualTo(announced);
        }
        announced = job.nextSeedHash();

        BlockOutcome outcome = submit(source, job, 1000L + height);

        assertThat(outcome.state()).as(outcome.detail()).isEqualTo(State.ACCEPTED);
        assertThat(daemon.blockId(height)).isEqualTo(outcome.blockId().toHex());
      }
      assertThat(seeds).hasSize(3);
    }
  }

  @Test
  void minesVariantsOfOneTemplateAndTellsTheLaterOnesAsOrphans() throws Exception {
    RecordedJobs jobs = new RecordedJobs();
    try (RegtestDaemon daemon = new RegtestDaemon(directory).withDifficulty(1).start();
        MoneroSource source = sourceOf(daemon.url())) {
      source.start(jobs);
      Job first = jobs.awaitArrival(arrival -> true).job();
      Job second = source.nextVariant(first).orElseThrow();
      assertThat(second.blob()).isNotEqualTo(first.blob());

      BlockOutcome winner = submit(source, second, 0xffff_ffffL);
      assertThat(winner.state()).as(winner.detail()).isEqualTo(State.ACCEPTED);
      Arrival next = jobs.awaitArrival(arrival -> arrival.job().height() == 2);
      assertThat(next.replacement()).isEqualTo(Replacement.NEW_TIP);
      assertThat(source.nextVariant(first)).as("an obsolete job has no variant").isEmpty();

      BlockOutcome late = submit(source, first, 7);
      assertThat(late.state()).as(late.detail()).isEqualTo(State.ORPHANED);
      assertThat(daemon.blockId(1)).isEqualTo(winner.blockId().toHex());

      BlockOutcome again = submit(source, second, 0xffff_ffffL);
      assertThat(again.state()).as("the same block once more").isEqualTo(State.ACCEPTED);
    }
  }

  @Test
  void followsATipThatOthersFound() throws Exception {
    RecordedJobs jobs = new RecordedJobs();
    try (RegtestDaemon daemon = new RegtestDaemon(directory).withDifficulty(1).start();
        MoneroSource source = sourceOf(daemon.url())) {
      source.start(jobs);
      jobs.awaitArrival(arrival -> arrival.job().height() == 1);

      daemon.generate(WALLET, 2);

      Arrival next = jobs.awaitArrival(arrival -> arrival.job().height() == 3);
      assertThat(next.replacement()).isEqualTo(Replacement.NEW_TIP);
      assertThat(source.status().up()).isTrue();
      assertThat(source.status().height()).isEqualTo(3);
    }
  }

  @Test
  void tellsABlockWithTooLittleWorkAsRejected() throws Exception {
    RecordedJobs jobs = new RecordedJobs();
    try (RegtestDaemon daemon = new RegtestDaemon(directory).withDifficulty(1L << 40).start();
        MoneroSource source = sourceOf(daemon.url())) {
      source.start(jobs);
      Job job = jobs.awaitArrival(arrival -> true).job();
      assertThat(job.networkTarget().difficulty()).isEqualTo(1L << 40);

      BlockOutcome outcome = submit(source, job, 1);

      assertThat(outcome.state()).as(outcome.detail()).isEqualTo(State.REJECTED);
      assertThat(outcome.detail()).contains("-7");
    }
  }

  @Test
  void survivesARestartOfTheDaemonAndDeliversABlockFoundMeanwhile() throws Exception {
    RecordedJobs jobs = new RecordedJobs();
    try (RegtestDaemon daemon = new RegtestDaemon(directory).withDifficulty(1).start();
        MoneroSource source = sourceOf(daemon.url())) {
      source.start(jobs);
      Job job = jobs.awaitArrival(arrival -> true).job();
      daemon.stop();
      CompletableFuture<BlockOutcome> pending = source.submit(candidate(job, 5));
      while (source.status().up()) {
        TimeUnit.MILLISECONDS.sleep(50);
      }
      assertThat(source.status().detail()).contains("connection refused");

      daemon.start();

      assertThat(pending.get(60, TimeUnit.SECONDS).state()).isEqualTo(State.ACCEPTED);
      Job next = jobs.awaitArrival(arrival -> arrival.job().height() == 2).job();
      assertThat(submit(source, next, 6).state()).isEqualTo(State.ACCEPTED);
      assertThat(source.status().up()).isTrue();
    }
  }

  static MoneroSource sourceOf(String... urls) {
    return new MoneroSource(
        MoneroSettings.of(List.of(urls), WALLET),
        InstantSource.system(),
        new AtomicLong()::incrementAndGet);
  }

  static BlockCandidate candidate(Job job, long nonce) {
    return new BlockCandidate(job, nonce, Bytes.copyOf(new byte[32]));
  }

  static BlockOutcome submit(MoneroSource source, Job job, long nonce) throws Exception {
    return source.submit(candidate(job, nonce)).get(60, TimeUnit.SECONDS);
  }
}
