package io.p2pmining.master.source.monero;

import io.p2pmining.common.work.Bytes;
import io.p2pmining.master.job.Job;
import io.p2pmining.master.job.JobListener;
import io.p2pmining.master.job.JobListener.Replacement;
import io.p2pmining.master.job.SourceStatus;
import io.p2pmining.master.source.monero.MiningTemplate.Stocked;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the chain's tip over the nodes of the roster and delivers a job for each tip and each
 * refresh of its template. One thread calls {@link #step}; the other methods are for any thread.
 *
 * <p>Probes run on an executor of their own and only report to the roster, so that a node that
 * hangs delays nothing; templates are fetched on the stepping thread, from the elected node, which
 * answered a moment ago.
 */
final class TipFollower {

  /** A node may be gone this long before the work it gave is taken back: restarts are short. */
  static final Duration OUTAGE_GRACE = Duration.ofSeconds(10);

  private static final Duration LONGEST_STEP = Duration.ofSeconds(10);
  private static final Logger log = LoggerFactory.getLogger(TipFollower.class);

  private final String source;
  private final NodeRoster roster;
  private final TemplateFactory templates;
  private final JobTable jobs;
  private final Duration templateRefresh;
  private final InstantSource clock;
  private final Executor probes;
  private final Runnable wakeUp;
  private final JobListener listener;

  private volatile @Nullable Current current;
  private volatile @Nullable Instant lastJobAt;
  private volatile boolean jobWanted;

  // Owned by the stepping thread.
  private Bytes lastTip;
  private @Nullable Node lastNode;
  private @Nullable Instant outageSince;
  private boolean withdrawn;

  /**
   * @param wakeUp called when a probe has reported or a job is wanted: the next step is due
   * @param lastTip the block below the jobs of an earlier process; empty if there are none
   */
  TipFollower(
      String source,
      NodeRoster roster,
      TemplateFactory templates,
      JobTable jobs,
      Duration templateRefresh,
      InstantSource clock,
      Executor probes,
      Runnable wakeUp,
      JobListener listener,
      Bytes lastTip) {
    this.source = source;
    this.roster = roster;
    this.templates = templates;
    this.jobs = jobs;
    this.templateRefresh = templateRefresh;
    this.clock = clock;
    this.probes = probes;
    this.wakeUp = wakeUp;
    this.listener = listener;
    this.lastTip = lastTip;
  }

  /** What is mined on now. */
  private record Current(MiningTemplate mining, Node node, Instant fetchedAt, boolean answering) {

    Bytes tip() {
      return mining.template().previousId();
    }

    Current answering(boolean now) {
      return new Current(mining, node, fetchedAt, now);
    }
  }

  /** Does what is due and tells for how long nothing will be. Blocks while it fetches templates. */
  Duration step() {
    for (Node node : roster.takeDueProbes(clock.instant())) {
      probes.execute(() -> probe(node));
    }
    follow();
    Instant now = clock.instant();
    Instant next = earlier(now.plus(LONGEST_STEP), roster.nextDue(now));
    Current mined = current;
    if (mined != null && outageSince != null) {
      next = earlier(next, outageSince.plus(OUTAGE_GRACE));
    } else if (mined != null) {
      next = earlier(next, mined.fetchedAt.plus(templateRefresh));
    }
    return next.isBefore(now) ? Duration.ZERO : Duration.between(now, next);
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }

  private void probe(Node node) {
    try {
      roster.answered(node, node.probe(), clock.instant());
    } catch (DaemonException e) {
      roster.failed(node, e.reason(), clock.instant());
    } catch (RuntimeException e) {
      roster.failed(node, "asking it failed: " + e.getClass().getSimpleName(), clock.instant());
      log.error("A probe failed: node={}", node, e);
    } finally {
      wakeUp.run();
    }
  }

  /** A node that fails to give a template is barred, so each is tried once at most. */
  private void follow() {
    for (int i = 0; i < roster.size(); i++) {
      Optional<Node> elected = roster.elect(clock.instant());
      if (elected.isEmpty()) {
        break;
      }
      if (mineWith(elected.get())) {
        outageSince = null;
        return;
      }
    }
    nobodyServes(clock.instant());
  }

  private boolean mineWith(Node node) {
    try {
      Current mined = current;
      if (mined == null || templateDue(mined, node)) {
        Instant askedAt = clock.instant();
        MiningTemplate fetched = templates.fetch(node.daemon());
        roster.templateServed(node);
        deliver(new Current(fetched, node, askedAt, true));
      } else {
        current = mined.answering(true);
        restock(mined, node);
      }
      return true;
    } catch (DaemonException e) {
      roster.templateFailed(node, e.reason(), clock.instant());
      return false;
    }
  }

  private boolean templateDue(Current mined, Node node) {
    return jobWanted
        || mined.node != node
        || !clock.instant().isBefore(mined.fetchedAt.plus(templateRefresh))
        || roster.tip(node).filter(tip -> supersedes(tip, mined)).isPresent();
  }

  /** A tip seen before the template was asked for says nothing: the template may be newer. */
  private static boolean supersedes(NodeRoster.SeenTip tip, Current mined) {
    return tip.seenAt().isAfter(mined.fetchedAt) && !tip.header().id().equals(mined.tip());
  }

  private void restock(Current mined, Node node) throws DaemonException {
    if (mined.mining instanceof Stocked stocked) {
      for (int i = 0; i < Stocked.STOCK && stocked.wantsBlock(); i++) {
        stocked.add(templates.fetchBlock(node.daemon()));
      }
    }
  }

  private void deliver(Current fresh) {
    UnminedBlock block =
        fresh
            .mining
            .nextBlock()
            .orElseThrow(() -> new IllegalStateException("a new template has no block"));
    Job job = jobFor(block, fresh.node);
    Replacement replacement =
        fresh.tip().equals(lastTip) ? Replacement.REFRESH : Replacement.NEW_TIP;
    if (lastNode != fresh.node || withdrawn) {
      log.info("Mining block {} with {}", job.height(), fresh.node);
    }
    lastTip = fresh.tip();
    lastNode = fresh.node;
    withdrawn = false;
    jobWanted = false;
    current = fresh;
    lastJobAt = job.createdAt();
    listener.jobArrived(job, replacement);
  }

  private Job jobFor(UnminedBlock block, Node origin) {
    Job job = block.job(source, clock.instant());
    jobs.put(job.id(), new JobTable.HandedOut(block, origin));
    return job;
  }

  private void nobodyServes(Instant now) {
    if (outageSince == null) {
      outageSince = now;
    }
    Current mined = current;
    boolean over =
        mined == null ? roster.allAsked() : !now.isBefore(outageSince.plus(OUTAGE_GRACE));
    if (mined != null) {
      current = over ? null : mined.answering(false);
    }
    if (over && !withdrawn) {
      withdrawn = true;
      log.warn("{}", outage());
      listener.jobsWithdrawn(source, outage());
    }
  }

  private String outage() {
    return "No Monero node can be mined with ("
        + roster.troubles()
        + "). Start one there or correct p2pmine.master.monero.urls.";
  }

  /** Another job on the tip that {@code exhausted} was for; never waits for the network. */
  Optional<Job> nextVariant(Job exhausted) {
    Current mined = current;
    Optional<JobTable.HandedOut> entry = jobs.find(exhausted.id());
    if (mined == null
        || entry.isEmpty()
        || !entry.get().block().template().previousId().equals(mined.tip())) {
      return Optional.empty();
    }
    Optional<UnminedBlock> block = mined.mining.nextBlock();
    if (block.isEmpty()) {
      jobWanted = true;
    }
    wakeUp.run();
    return block.map(found -> jobFor(found, mined.node));
  }

  /** How the source is doing. */
  SourceStatus status() {
    Current mined = current;
    if (mined == null) {
      return new SourceStatus(false, outage(), "", 0, lastJobAt);
    }
    long height = mined.mining.template().height();
    String troubles = roster.troubles();
    String others = troubles.isEmpty() ? "." : " (" + troubles + ").";
    String detail =
        mined.answering
            ? "Mining block " + height + " with " + mined.node + others
            : "No node can be mined with; still on block " + height + others;
    return new SourceStatus(mined.answering, detail, mined.node.toString(), height, lastJobAt);
  }
}
