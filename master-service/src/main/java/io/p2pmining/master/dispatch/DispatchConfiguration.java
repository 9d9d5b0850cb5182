package io.p2pmining.master.dispatch;

import io.p2pmining.core.pow.PowAlgorithms;
import io.p2pmining.master.job.JobBoard;
import io.p2pmining.master.job.JobSource;
import io.p2pmining.master.peer.PeerStandings;
import io.p2pmining.master.share.ShareLedger;
import io.p2pmining.master.share.ShareSettings;
import io.p2pmining.master.share.ShareTargetPolicy;
import io.p2pmining.master.trust.AuditSettings;
import io.p2pmining.master.trust.ConductBook;
import io.p2pmining.master.trust.QuarantineSettings;
import io.p2pmining.master.trust.SamplingSettings;
import io.p2pmining.master.verify.PooledVerifier;
import io.p2pmining.master.verify.VerificationSettings;
import io.p2pmining.master.verify.Verifier;
import io.p2pmining.master.work.InMemoryWorkQueue;
import io.p2pmining.master.work.WorkQueue;
import io.p2pmining.master.work.WorkSettings;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the dispatcher together and starts the sources once everything else is up. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({
  WorkSettings.class,
  ShareSettings.class,
  SamplingSettings.class,
  QuarantineSettings.class,
  AuditSettings.class,
  VerificationSettings.class
})
class DispatchConfiguration {

  private static final Duration TICK = Duration.ofMillis(250);

  @Bean
  PowAlgorithms powAlgorithms() {
    return PowAlgorithms.load();
  }

  /** Lease tokens begin at the time of day in microseconds: above those of any earlier process. */
  @Bean
  WorkQueue workQueue(WorkSettings settings, Clock clock) {
    return new InMemoryWorkQueue(settings.history(), clock.millis() * 1000);
  }

  @Bean
  JobBoard jobBoard(WorkSettings settings) {
    return new JobBoard(settings.jobHistory());
  }

  @Bean
  ShareLedger shareLedger(ShareSettings settings) {
    return new ShareLedger(settings.history());
  }

  @Bean
  PooledVerifier verifier(VerificationSettings settings) {
    return new PooledVerifier(settings);
  }

  @Bean
  SerialExecutor dispatchExecutor() {
    return new SerialExecutor("dispatch");
  }

  @Bean
  ConductBook conductBook(
      SamplingSettings sampling, QuarantineSettings quarantine, AuditSettings audit) {
    return new ConductBook(sampling, quarantine, audit);
  }

  @Bean
  Oversight oversight(PeerStandings standings, ConductBook book, Clock clock) {
    return new Oversight(standings, book, new SecureRandom()::nextDouble, clock);
  }

  @Bean
  Dispatcher dispatcher(
      WorkSettings settings,
      WorkQueue queue,
      JobBoard board,
      ShareLedger ledger,
      ShareSettings shares,
      PowAlgorithms algorithms,
      Verifier verifier,
      ObjectProvider<WorkEvents> listeners,
      Oversight oversight,
      Clock clock,
      SerialExecutor dispatchExecutor) {
    Dispatcher dispatcher =
        new Dispatcher(
            settings,
            queue,
            board,
            ledger,
            new ShareTargetPolicy(shares),
            algorithms,
            verifier,
            new AllWorkEvents(listeners.orderedStream().toList()),
            oversight,
            clock,
            dispatchExecutor);
    dispatchExecutor.every(TICK, dispatcher::tick);
    return dispatcher;
  }

  @Bean
  ApplicationListener<ApplicationReadyEvent> sourceStarter(
      Dispatcher dispatcher, ObjectProvider<JobSource> sources) {
    return ready -> sources.orderedStream().forEach(dispatcher::addSource);
  }
}
