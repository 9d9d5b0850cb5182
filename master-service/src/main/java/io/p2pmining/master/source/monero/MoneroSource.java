package io.p2pmining.master.source.monero;

import io.p2pmining.common.monero.MoneroAddress;
import io.p2pmining.common.settings.Reloadable;
import io.p2pmining.common.work.Bytes;
import io.p2pmining.master.job.BlockCandidate;
import io.p2pmining.master.job.BlockOutcome;
import io.p2pmining.master.job.Job;
import io.p2pmining.master.job.JobListener;
import io.p2pmining.master.job.JobSource;
import io.p2pmining.master.job.SourceStatus;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Mines blocks of one or several Monero nodes.
 *
 * <p>One virtual thread follows the tip and delivers jobs ({@link TipFollower}); every probe of a
 * node and every block on its way out has a virtual thread too. Nothing here waits for the network
 * on a caller's thread. A node that is down is no error: the source waits for it, and its status
 * says so.
 */
public final class MoneroSource implements JobSource {

  private static final String NAME = "monero";
  private static final Duration LONGEST_HEDGE = Duration.ofSeconds(1);
  private static final Duration AFTER_FAULT = Duration.ofSeconds(1);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);
  private static final Logger log = LoggerFactory.getLogger(MoneroSource.class);

  private final InstantSource clock;
  private final NodeSet nodes;
  private final NodeRoster roster;
  private final JobTable jobs = new JobTable();
  private final TemplateFactory templates;
  private final Duration templateRefresh;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final BlockSubmitter submitter;
  private final Semaphore wakeUps = new Semaphore(0);

  private volatile @Nullable TipFollower follower;
  private volatile @Nullable Thread thread;
  private volatile boolean closed;

  /** The block below the jobs of an earlier process; empty if there are none. */
  private volatile Bytes resumedTip = Bytes.EMPTY;

  /**
   * @param settings of which nodes and how they are asked may change
   * @param clock tells when polls and refreshes are due, and when jobs were made
   * @param extraNonceCounter gives numbers that it never gave before, not even to other masters
   * @throws IllegalArgumentException if the file of trusted certificates cannot be used
   */
  public MoneroSource(
      Reloadable<MoneroSettings> settings, InstantSource clock, LongSupplier extraNonceCounter) {
    this(settings.get(), clock, extraNonceCounter);
    settings.follow(this::prepare);
  }

  MoneroSource(MoneroSettings settings, InstantSource clock, LongSupplier extraNonceCounter) {
    this.clock = clock;
    MoneroAddress wallet = MoneroAddress.parseForMining(settings.requiredWallet());
    this.nodes = new NodeSet(settings, wallet.network());
    this.roster = new NodeRoster(nodes.all(), settings.pollInterval(), settings.failBackAfter());
    this.templates =
        new TemplateFactory(wallet.text(), new ExtraNonces(new SecureRandom(), extraNonceCounter));
    this.templateRefresh = settings.templateRefresh();
    Duration hedge = settings.requestTimeout().dividedBy(2);
    this.submitter =
        new BlockSubmitter(
            jobs,
            roster,
            executor,
            new BlockPursuit.Tempo(
                clock,
                Thread::sleep,
                settings.submitTimeout(),
                hedge.compareTo(LONGEST_HEDGE) < 0 ? hedge : LONGEST_HEDGE),
            this::lookForNewTip);
  }

  /** Other nodes are made at once, so that what is wrong with them changes nothing. */
  private Reloadable.Prepared prepare(MoneroSettings next) {
    NodeSet.Change change = nodes.prepare(next);
    return new Reloadable.Prepared() {
      @Override
      public void apply() {
        roster.replace(change.nodes(), next.pollInterval(), next.failBackAfter());
        change.apply();
        wakeUps.release();
      }

      @Override
      public void discard() {
        change.discard();
      }
    };
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Bytes keepsake(Job job) {
    return jobs.find(job.id()).map(entry -> entry.block().blob()).orElse(Bytes.EMPTY);
  }

  /** Which node the block came from is forgotten by then; any will take it. */
  @Override
  public Resumption resume(Job job, Bytes keepsake) {
    Optional<UnminedBlock> block = UnminedBlock.of(job, keepsake);
    if (block.isEmpty()) {
      return Resumption.OBSOLETE;
    }
    jobs.put(job.id(), new JobTable.HandedOut(block.get(), nodes.all().getFirst()));
    resumedTip = block.get().template().previousId();
    return Resumption.UNITS_IN_HAND;
  }

  @Override
  public synchronized void start(JobListener listener) {
    if (thread != null || closed) {
      throw new IllegalStateException("a source is started once and not after it was closed");
    }
    TipFollower started =
        new TipFollower(
            NAME,
            roster,
            templates,
            jobs,
            templateRefresh,
            clock,
            executor,
            wakeUps::release,
            listener,
            resumedTip);
    follower = started;
    thread = Thread.ofVirtual().name("monero-source").start(() -> follow(started));
  }

  private void follow(TipFollower started) {
    try {
      while (!closed) {
        Duration wait = stepSafely(started);
        if (wakeUps.tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS)) {
          wakeUps.drainPermits();
        }
      }
    } catch (InterruptedException e) {
      // Only close() interrupts; the thread ends.
    }
  }

  /** A fault in one step must not end mining for good. */
  private Duration stepSafely(TipFollower started) {
    try {
      return started.step();
    } catch (RuntimeException e) {
      if (!closed) {
        log.error("Following the tip failed; going on", e);
      }
      return AFTER_FAULT;
    }
  }

  private void lookForNewTip() {
    roster.probeActiveSoon();
    wakeUps.release();
  }

  @Override
  public SourceStatus status() {
    TipFollower started = follower;
    return started == null
        ? new SourceStatus(false, "The Monero source has not been started.", "", 0, null)
        : started.status();
  }

  @Override
  public Optional<Job> nextVariant(Job exhausted) {
    TipFollower started = follower;
    return started == null || closed ? Optional.empty() : started.nextVariant(exhausted);
  }

  @Override
  public CompletableFuture<BlockOutcome> submit(BlockCandidate candidate) {
    return submitter.submit(candidate);
  }

  @Override
  public void close() {
    Thread running;
    synchronized (this) {
      closed = true;
      running = thread;
    }
    try {
      if (running != null && running != Thread.currentThread()) {
        running.interrupt();
        running.join(CLOSE_TIMEOUT);
      }
      submitter.drain(CLOSE_TIMEOUT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    executor.shutdownNow();
    nodes.close();
  }
}
