package io.p2pmining.master.source.monero;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.p2pmining.common.settings.GivenSettings;
import io.p2pmining.common.settings.InvalidSettingsException;
import io.p2pmining.common.settings.Reloadable;
import io.p2pmining.common.settings.SettingsReload;
import io.p2pmining.master.job.BlockOutcome;
import io.p2pmining.master.job.Job;
import io.p2pmining.master.job.JobListener.Replacement;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Other nodes for a source that goes on mining. */
@Timeout(120)
class MoneroReloadTest {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private final RecordedJobs jobs = new RecordedJobs();
  private ScriptedDaemon first;
  private ScriptedDaemon second;
  private MoneroSettings given;
  private Reloadable<MoneroSettings> settings;
  private SettingsReload reload;
  private MoneroSource source;

  @BeforeEach
  void start() throws Exception {
    first = new ScriptedDaemon();
    second = new ScriptedDaemon();
    given = JsonRpcTest.settings(TIMEOUT, first.url());
    settings = new Reloadable<>("p2pmine.master.monero", given);
    reload = new SettingsReload(Given::new, List.of(settings), List.of(), Map.of(), Set.of());
    source = new MoneroSource(settings, InstantSource.system(), new AtomicLong()::incrementAndGet);
    source.start(jobs);
  }

  @AfterEach
  void stop() {
    source.close();
    first.close();
    second.close();
  }

  private final class Given implements GivenSettings {

    @Override
    public <T extends Record> T bind(String prefix, Class<T> type) {
      return type.cast(given);
    }

    @Override
    public boolean isGiven(String name) {
      return true;
    }

    @Override
    public Map<String, String> named() {
      return Map.of();
    }
  }

  @Test
  void minesWithAnotherNodeAsSoonAsItIsNamed() throws Exception {
    jobs.awaitArrival(arrival -> true);
    given = JsonRpcTest.settings(TIMEOUT, second.url());

    assertThat(reload.reload().changed()).hasSize(1);

    assertThat(jobs.awaitArrival(arrival -> true).replacement())
        .as("work on the same tip goes on")
        .isEqualTo(Replacement.REFRESH);
    await().atMost(LIMIT).until(() -> source.status().endpoint().equals(second.url()));
    assertThat(source.status().up()).isTrue();
  }

  @Test
  void goesOnWithANodeThatStays() throws Exception {
    jobs.awaitArrival(arrival -> true);
    given = JsonRpcTest.settings(TIMEOUT, first.url(), second.url());

    reload.reload();

    assertThat(source.status().up()).isTrue();
    assertThat(source.status().endpoint()).isEqualTo(first.url());
    await().atMost(LIMIT).until(() -> !second.requests().isEmpty());
    assertThat(source.status().endpoint()).isEqualTo(first.url());
  }

  @Test
  void offersBlocksToTheNodesThatThereAre() throws Exception {
    Job job = jobs.awaitArrival(arrival -> true).job();
    second.reply("submit_block", ScriptedDaemon.error(-7, "Block not accepted"));
    second.reply("get_block_header_by_height", ScriptedDaemon.error(-2, "too big"));
    second.reply("get_block_header_by_hash", ScriptedDaemon.error(-5, "unknown"));
    given = JsonRpcTest.settings(TIMEOUT, second.url());
    reload.reload();

    BlockOutcome outcome =
        source.submit(MoneroSourceIT.candidate(job, 1)).get(60, TimeUnit.SECONDS);

    assertThat(outcome.detail()).contains(second.url()).doesNotContain(first.url());
  }

  @Test
  void changesNothingWhereCertificatesCannotBeRead() throws Exception {
    jobs.awaitArrival(arrival -> true);
    MoneroSettings before = settings.get();
    given =
        new MoneroSettings(
            List.of("https://127.0.0.1:1"),
            MoneroSourceIT.WALLET,
            null,
            List.of(),
            Path.of("no-such-file.pem"),
            Duration.ofSeconds(1),
            Duration.ofSeconds(30),
            TIMEOUT,
            TIMEOUT,
            Duration.ofSeconds(10),
            Duration.ofMinutes(2));

    assertThatThrownBy(reload::reload)
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("no-such-file.pem");
    assertThat(settings.get()).isSameAs(before);
    assertThat(source.status().endpoint()).isEqualTo(first.url());
    assertThat(source.status().up()).isTrue();
  }
}
