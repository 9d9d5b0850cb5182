package io.p2pmining.master.store;

import io.p2pmining.common.settings.Reloadable;
import io.p2pmining.master.job.ExtraNonceCounter;
import io.p2pmining.master.node.DataDirectory;
import io.p2pmining.master.node.MasterIdentity;
import io.p2pmining.master.work.WorkSettings;
import io.p2pmining.service.settings.ReloadableSettings;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.Scheduled;

/** Opens the database, takes over what is there, and puts the store together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({StoreSettings.class, DatabaseSettings.class})
class StoreConfiguration {

  private static final String LOG_DIRECTORY = "changes";

  @Bean
  Database database(DatabaseSettings settings, DataDirectory directory) {
    return Database.open(settings, directory.path());
  }

  @Bean
  Claim claim(Database database, MasterIdentity self) {
    return new Claims(database.sql()).claim(Columns.uuid(self.id().toString()), self.name());
  }

  /** Reads once the store has written what an earlier process had left in its log. */
  @Bean
  Recovered recovered(Database database, OpenStore store, Claim claim, WorkSettings settings) {
    return new Recovery(database.sql(), claim.master()).read(settings.jobHistory());
  }

  @Bean(destroyMethod = "shutdownNow")
  ExecutorService numberRefills() {
    return Executors.newVirtualThreadPerTaskExecutor();
  }

  @Bean
  MasterNumbers masterNumbers(Database database, ExecutorService numberRefills) {
    return MasterNumbers.open(new NumberBlocks(database, numberRefills));
  }

  @Bean
  ExtraNonceCounter extraNonceCounter(MasterNumbers numbers) {
    return numbers.extraNonces()::getAsLong;
  }

  @Bean
  Journal journal(OpenStore store) {
    return new Journal(store.lastGroup());
  }

  @Bean
  StoreStatus storeStatus(Clock clock) {
    return new StoreStatus(clock);
  }

  @Bean
  Lag lag() {
    return new Lag(System::nanoTime);
  }

  @Bean
  OpenStore store(
      Database database, Claim claim, MasterNumbers numbers, DataDirectory directory, Lag lag) {
    SqlStore store = new SqlStore(database.pool(), database.engine(), claim, numbers.jobs());
    return database.isFile()
        ? LoggedStore.open(
            store,
            claim.master(),
            directory.file(LOG_DIRECTORY),
            LogDisk.FILES,
            LoggedStore.Bounds.DEFAULT,
            lag)
        : store;
  }

  @Bean
  Reads reads(Database database, OpenStore store) {
    return new Reads(database.sql(), store::awaitReadable);
  }

  @Bean
  History history(Reads reads) {
    return new History(reads);
  }

  @Bean
  Answers answers(Reads reads) {
    return new Answers(reads);
  }

  @Bean
  PeerHistory peerHistory(Reads reads) {
    return new PeerHistory(reads);
  }

  @Bean
  SampleStore sampleStore(Journal journal, Reads reads, Claim claim) {
    return new SampleStore(journal, reads, claim.master());
  }

  @Bean
  Reloadable<StoreSettings> storeSettings(StoreSettings settings) {
    return ReloadableSettings.of(settings);
  }

  @Bean
  RetentionTask retentionTask(Database database, Reloadable<StoreSettings> settings, Clock clock) {
    return new RetentionTask(new Retention(database.sql(), settings, clock));
  }

  /** Enforces the bounds of the history on the application's scheduler. */
  static final class RetentionTask {

    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
    private static final long INTERVAL_MS = 60_000;

    private final Retention retention;

    RetentionTask(Retention retention) {
      this.retention = retention;
    }

    @Scheduled(fixedDelay = INTERVAL_MS, initialDelay = INTERVAL_MS)
    void enforce() {
      try {
        retention.enforce();
      } catch (RuntimeException e) {
        LOG.warn("Old history could not be deleted, for now: {}", e.getMessage());
        LOG.debug("Retention failed", e);
      }
    }
  }
}
