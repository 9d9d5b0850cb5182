package io.p2pmining.master.dispatch;

import io.p2pmining.common.settings.Reloadable;
import io.p2pmining.core.pow.PowAlgorithms;
import io.p2pmining.master.job.JobBoard;
import io.p2pmining.master.job.JobSource;
import io.p2pmining.master.node.DataDirectory;
import io.p2pmining.master.peer.PeerSettings;
import io.p2pmining.master.peer.PeerStandings;
import io.p2pmining.master.posting.Postings;
import io.p2pmining.master.posting.StandingOrders;
import io.p2pmining.master.share.ShareLedger;
import io.p2pmining.master.share.ShareSettings;
import io.p2pmining.master.share.ShareTargetPolicy;
import io.p2pmining.master.store.GroupCommitter;
import io.p2pmining.master.store.Journal;
import io.p2pmining.master.store.Lag;
import io.p2pmining.master.store.MasterNumbers;
import io.p2pmining.master.store.Recovered;
import io.p2pmining.master.store.Store;
import io.p2pmining.master.store.StoreSettings;
import io.p2pmining.master.store.StoreStatus;
import io.p2pmining.master.trust.AuditSettings;
import io.p2pmining.master.trust.ConductBook;
import io.p2pmining.master.trust.QuarantineSettings;
import io.p2pmining.master.trust.SamplingSettings;
import io.p2pmining.master.trust.TrustSettings;
import io.p2pmining.master.verify.PooledVerifier;
import io.p2pmining.master.verify.VerificationSettings;
import io.p2pmining.master.verify.Verifier;
import io.p2pmining.master.work.InMemoryWorkQueue;
import io.p2pmining.master.work.WorkQueue;
import io.p2pmining.master.work.WorkSettings;
import io.p2pmining.service.settings.ReloadableSettings;
import io.p2pmining.service.tracing.Spans;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Puts the dispatcher together and starts the sources once everything else is up. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({
  WorkSettings.class,
  ShareSettings.class,
  SamplingSettings.class,
  QuarantineSettings.class,
  AuditSettings.class,
  TrustSettings.class,
  VerificationSettings.class
})
class DispatchConfiguration {

  private static final Duration TICK = Duration.ofMillis(250);

  private static final String SPOOL_DIRECTORY = "blocks";

  @Bean
  Reloadable<WorkSettings> workSettings(WorkSettings settings) {
    return ReloadableSettings.of(settings);
  }

  @Bean
  Reloadable<SamplingSettings> samplingSettings(SamplingSettings settings) {
    return ReloadableSettings.of(settings);
  }

  @Bean
  PowAlgorithms powAlgorithms() {
    return PowAlgorithms.load();
  }

  @Bean
  WorkQueue workQueue(MasterNumbers numbers, Journal journal, JobBoard board, Recovered recovered) {
    InMemoryWorkQueue queue =
        new InMemoryWorkQueue(numbers.units(), numbers.leases(), new ProgressLog(board, journal));
    queue.restore(recovered.units(), recovered.endedUnits());
    return queue;
  }

  @Bean
  JobBoard jobBoard(Reloadable<WorkSettings> settings, Journal journal, Recovered recovered) {
    JobBoard board = new JobBoard(() -> settings.get().jobHistory(), journal);
    board.restore(recovered.jobs().stream().map(Recovered.KeptJob::view).toList());
    recovered.units().forEach(unit -> board.restoreSearched(unit.jobId(), unit.searched()));
    return board;
  }

  @Bean
  ShareLedger shareLedger(MasterNumbers numbers, Recovered recovered) {
    return new ShareLedger(numbers.findings(), recovered.totals());
  }

  @Bean
  FileBlockSpool blockSpool(DataDirectory directory, JsonMapper json) {
    return new FileBlockSpool(directory.file(SPOOL_DIRECTORY), json);
  }

  @Bean
  Durability durability(Journal journal, MasterNumbers numbers, BlockSpool spool, Lag lag) {
    return new Durability(journal, numbers, spool, lag);
  }

  @Bean(initMethod = "start")
  GroupCommitter groupCommitter(
      Journal journal,
      Store store,
      SerialExecutor dispatchExecutor,
      StoreStatus status,
      Lag lag,
      StoreSettings settings) {
    return new GroupCommitter(
        journal, store, dispatchExecutor, status, lag, settings.commitInterval());
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
      Reloadable<SamplingSettings> sampling,
      QuarantineSettings quarantine,
      AuditSettings audit,
      Journal journal,
      Recovered recovered) {
    ConductBook book = new ConductBook(sampling, quarantine, audit, journal);
    book.restore(recovered.conducts());
    return book;
  }

  @Bean
  PeerStandings peerStandings(
      PeerSettings settings, Clock clock, Journal journal, Recovered recovered) {
    PeerStandings standings = new PeerStandings(clock, settings.outOfService(), journal);
    standings.restore(recovered.standings());
    return standings;
  }

  @Bean
  Oversight oversight(
      PeerStandings standings, ConductBook book, TrustSettings settings, Clock clock) {
    return new Oversight(standings, book, settings, new SecureRandom()::nextDouble, clock);
  }

  @Bean
  WorkTraces workTraces(Spans spans, JobBoard board, Clock clock) {
    return new WorkTraces(spans, board, clock);
  }

  @Bean
  Dispatcher dispatcher(
      Reloadable<WorkSettings> settings,
      WorkQueue queue,
      JobBoard board,
      ShareLedger ledger,
      ShareSettings shares,
      PowAlgorithms algorithms,
      Verifier verifier,
      Durability durability,
      ObjectProvider<WorkEvents> listeners,
      WorkTraces traces,
      Oversight oversight,
      Clock clock,
      SerialExecutor dispatchExecutor,
      Recovered recovered) {
    Dispatcher dispatcher =
        new Dispatcher(
            settings,
            queue,
            board,
            ledger,
            new ShareTargetPolicy(shares),
            algorithms,
            verifier,
            durability,
            new AllWorkEvents(listeners.orderedStream().toList()),
            traces,
            oversight,
            clock,
            dispatchExecutor,
            recovered);
    dispatchExecutor.every(TICK, dispatcher::tick);
    return dispatcher;
  }

  @Bean
  Postings postings(Dispatcher dispatcher) {
    return dispatcher.postings();
  }

  @Bean
  StandingOrders standingOrders(Dispatcher dispatcher) {
    return dispatcher.standingOrders();
  }

  @Bean
  ApplicationListener<ApplicationReadyEvent> sourceStarter(
      Dispatcher dispatcher, ObjectProvider<JobSource> sources) {
    return ready -> {
      sources.orderedStream().forEach(dispatcher::addSource);
      dispatcher.allSourcesAdded();
    };
  }
}
