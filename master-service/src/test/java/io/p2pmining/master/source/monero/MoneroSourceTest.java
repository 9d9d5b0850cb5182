package io.p2pmining.master.source.monero;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.p2pmining.common.work.Bytes;
import io.p2pmining.master.job.BlockOutcome;
import io.p2pmining.master.job.BlockOutcome.State;
import io.p2pmining.master.job.Job;
import io.p2pmining.master.job.SourceStatus;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MoneroSourceTest {

  private final RecordedJobs jobs = new RecordedJobs();
  private ScriptedDaemon daemon;
  private MoneroSource source;

  @BeforeEach
  void start() throws Exception {
    daemon = new ScriptedDaemon();
    source =
        new MoneroSource(
            JsonRpcTest.settings(Duration.ofSeconds(20), daemon.url()),
            InstantSource.system(),
            new AtomicLong()::incrementAndGet);
  }

  @AfterEach
  void stop() {
    source.close();
    daemon.close();
  }

  @Test
  void saysThatItHasNotBeenStarted() {
    SourceStatus status = source.status();

    assertThat(status.up()).isFalse();
    assertThat(status.detail()).contains("not been started");
    assertThat(source.name()).isEqualTo("monero");
  }

  @Test
  void looksForTheNewTipAtOnceAfterAnOwnBlock() throws Exception {
    source.start(jobs);
    Job job = jobs.awaitArrival(arrival -> true).job();
    daemon.reply(
        "submit_block",
        (exchange, request) -> {
          daemon.tip(364, "ee".repeat(32));
          ScriptedDaemon.result("{}").send(exchange, request);
        });
    CompletableFuture<BlockOutcome> outcome = source.submit(MoneroSourceIT.candidate(job, 1));

    assertThat(jobs.awaitArrival(arrival -> true).job().height()).isEqualTo(365);
    source.close();
    assertThat(outcome.get(20, TimeUnit.SECONDS).blockId().length()).isEqualTo(32);
  }

  @Test
  void submitsTheTemplateWithItsExtraNonceAndTheNonceInPlace() throws Exception {
    source.start(jobs);
    Job job = jobs.awaitArrival(arrival -> true).job();
    daemon.reply("submit_block", ScriptedDaemon.error(-6, "Wrong block blob"));
    daemon.reply("get_block_header_by_height", ScriptedDaemon.error(-2, "too big"));
    daemon.reply("get_block_header_by_hash", ScriptedDaemon.error(-5, "unknown"));

    BlockOutcome outcome =
        source.submit(MoneroSourceIT.candidate(job, 0xa1b2c3d4L)).get(20, TimeUnit.SECONDS);

    assertThat(outcome.state()).isEqualTo(State.REJECTED);
    String submitted =
        daemon.requests().stream()
            .filter(request -> request.path("method").asString().equals("submit_block"))
            .map(request -> request.path("params").path(0).asString())
            .findFirst()
            .orElseThrow();
    Bytes recorded =
        Bytes.ofHex(
            ScriptedDaemon.recorded(0).path("result").path("blocktemplate_blob").asString());
    assertThat(submitted).hasSize(2 * recorded.length()).contains(job.extraNonce().toHex());
    assertThat(submitted.substring(78, 86)).isEqualTo("d4c3b2a1");
    assertThat(submitted.substring(0, 78)).isEqualTo(job.blob().toHex().substring(0, 78));
    assertThat(outcome.blockId()).isEqualTo(Bytes.copyOf(BlockBlob.id(job.blobWith(0xa1b2c3d4L))));
  }

  @Test
  void rejectsABlockOfAJobItDoesNotKnow() throws Exception {
    source.start(jobs);
    Job job = jobs.awaitArrival(arrival -> true).job();
    try (MoneroSource other = MoneroSourceIT.sourceOf(daemon.url())) {
      BlockOutcome outcome =
          other.submit(MoneroSourceIT.candidate(job, 1)).get(1, TimeUnit.SECONDS);

      assertThat(outcome.state()).isEqualTo(State.REJECTED);
      assertThat(outcome.detail()).contains(job.id());
      assertThat(other.nextVariant(job)).isEmpty();
    }
  }

  @Test
  void completesEveryOutcomeWhenItIsClosed() throws Exception {
    source.start(jobs);
    Job job = jobs.awaitArrival(arrival -> true).job();
    daemon.reply("submit_block", daemon.silence());
    CompletableFuture<BlockOutcome> underWay = source.submit(MoneroSourceIT.candidate(job, 1));

    source.close();

    assertThat(underWay.get(20, TimeUnit.SECONDS).state()).isEqualTo(State.PENDING);
    BlockOutcome late = source.submit(MoneroSourceIT.candidate(job, 2)).get(20, TimeUnit.SECONDS);
    assertThat(late.detail()).contains("closed");
    assertThat(source.nextVariant(job)).isEmpty();
  }

  @Test
  void startsOnce() {
    source.start(jobs);

    assertThatThrownBy(() -> source.start(jobs)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void forgetsTheOldestJobsBeyondItsBound() throws Exception {
    source.start(jobs);
    Job oldest = jobs.awaitArrival(arrival -> true).job();
    Job newest = oldest;
    for (int i = 0; i < JobTable.CAPACITY; i++) {
      newest = source.nextVariant(newest).orElseThrow();
    }

    assertThat(source.nextVariant(oldest)).isEmpty();
    assertThat(source.nextVariant(newest)).isPresent();
  }
}
