package io.p2pmining.master.store;

import io.p2pmining.common.settings.Reloadable;
import io.p2pmining.master.job.ExtraNonceCounter;
import io.p2pmining.master.node.DataDirectory;
import io.p2pmining.master.node.MasterIdentity;
import io.p2pmining.master.work.WorkSettings;
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

  @Bean
  Database database(DatabaseSettings settings, DataDirectory directory) {
    return Database.open(settings, directory.path());
  }

  @Bean
  Claim claim(Database database, MasterIdentity self) {
    return new Claims(database.sql()).claim(Columns.uuid(self.id().toString()), self.name());
  }

  @Bean
  Recovered recovered(Database database, Claim claim, WorkSettings settings) {
    return new Recovery(database.sql(), claim.master()).read(settings.jobHistory());
  }

  @Bean(destroyMethod = "shutdownNow")
  ExecutorService numberRefills() {
    return Executors.newVirtualThreadPerTaskExecutor();
  }

  @Bean
  MasterNumbers masterNumbers(Database database, ExecutorService numberRefills) {
    return MasterNumbers.open(new NumberBlocks(database.sql(), numberRefills));
  }

  @Bean
  ExtraNonceCounter extraNonceCounter(MasterNumbers numbers) {
    return numbers.extraNonces()::getAsLong;
  }

  @Bean
  Journal journal(Claim claim) {
    return new Journal(claim.groupNumber());
  }

  @Bean
  StoreStatus storeStatus(Clock clock) {
    return new StoreStatus(clock);
  }

  @Bean
  SqlStore store(Database database, Claim claim, MasterNumbers numbers) {
    return new SqlStore(database.pool(), database.engine(), claim, numbers.jobs());
  }

  @Bean
  History history(Database database) {
    return new History(new Reads(database.sql()));
  }

  @Bean
  Answers answers(Database database) {
    return new Answers(new Reads(database.sql()));
  }

  @Bean
  PeerHistory peerHistory(Database database) {
    return new PeerHistory(new Reads(database.sql()));
  }

  @Bean
  SampleStore sampleStore(Journal journal, Database database, Claim claim) {
    return new SampleStore(journal, new Reads(database.sql()), claim.master());
  }

  @Bean
  Reloadable<StoreSettings> storeSettings(StoreSettings settings) {
    return new Reloadable<>("p2pmine.master.store", settings);
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
