package io.p2pmining.master.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.common.work.Bytes;
import io.p2pmining.common.work.NonceRange;
import io.p2pmining.core.pow.Target;
import io.p2pmining.master.job.BlockCandidate;
import io.p2pmining.master.job.BlockOutcome;
import io.p2pmining.master.job.Job;
import io.p2pmining.master.job.JobListener;
import io.p2pmining.master.job.JobListener.Replacement;
import io.p2pmining.master.job.JobSource;
import io.p2pmining.master.job.SourceStatus;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Makes small jobs on demand and remembers what was submitted. Used by the simulation's thread. */
final class SimulatedSource implements JobSource {

  static final String ALGORITHM = "sha256d";
  static final Target NETWORK_TARGET = Target.forDifficulty(400);

  private static final int BLOB_LENGTH = 43;
  private static final int NONCE_OFFSET = 39;

  private final String name;
  private final Clock clock;
  private final Map<String, Job> jobs = new HashMap<>();
  private final List<BlockCandidate> submitted = new ArrayList<>();
  private @Nullable JobListener listener;
  private @Nullable Job current;
  private final Set<String> worthless = new HashSet<>();
  private boolean currentIsKnown;
  private boolean variants = true;
  private int made;

  SimulatedSource(String name, Clock clock) {
    this.name = name;
    this.clock = clock;
  }

  void deliver(Replacement replacement, NonceRange range) {
    if (replacement == Replacement.NEW_TIP) {
      worthless.addAll(jobs.keySet());
    }
    Job job = newJob(range);
    current = job;
    listener().jobArrived(job, replacement);
  }

  void withdraw(String reason) {
    current = null;
    worthless.addAll(jobs.keySet());
    listener().jobsWithdrawn(name, reason);
  }

  void stopVariants() {
    variants = false;
  }

  @Nullable Job current() {
    return current;
  }

  List<BlockCandidate> submitted() {
    return submitted;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Resumption resume(Job job, Bytes keepsake) {
    assertThat(keepsake).isEqualTo(keepsake(job));
    Job now = current;
    if (worthless.contains(job.id())) {
      return Resumption.OBSOLETE;
    }
    if (now != null && now.id().equals(job.id())) {
      currentIsKnown = true;
      return Resumption.AS_BEFORE;
    }
    return Resumption.UNITS_IN_HAND;
  }

  @Override
  public Bytes keepsake(Job job) {
    return Bytes.copyOf(job.id().getBytes(StandardCharsets.UTF_8));
  }

  /** The source lives on when the master does not. */
  void masterDied() {
    listener = null;
    currentIsKnown = false;
  }

  @Override
  public void start(JobListener to) {
    listener = to;
    Job now = current;
    if (now != null && !currentIsKnown) {
      to.jobArrived(now, Replacement.REFRESH);
    }
  }

  @Override
  public SourceStatus status() {
    return new SourceStatus(current != null, "simulated", "", 0, null);
  }

  @Override
  public Optional<Job> nextVariant(Job exhausted) {
    Job job = current;
    if (!variants || job == null || !job.id().equals(exhausted.id())) {
      return Optional.empty();
    }
    Job variant = newJob(exhausted.range());
    current = variant;
    return Optional.of(variant);
  }

  @Override
  public CompletableFuture<BlockOutcome> submit(BlockCandidate candidate) {
    submitted.add(candidate);
    return CompletableFuture.completedFuture(
        new BlockOutcome(BlockOutcome.State.ACCEPTED, Bytes.EMPTY, "simulated"));
  }

  @Override
  public void close() {
    listener = null;
  }

  private JobListener listener() {
    JobListener to = listener;
    if (to == null) {
      throw new IllegalStateException("source " + name + " was not started");
    }
    return to;
  }

  private Job newJob(NonceRange range) {
    String id = name + "-" + ++made;
    byte[] blob = new byte[BLOB_LENGTH];
    ByteBuffer.wrap(blob).putInt(name.hashCode()).putInt(made);
    Job job =
        new Job(
            id,
            name,
            ALGORITHM,
            Bytes.copyOf(blob),
            NONCE_OFFSET,
            range,
            Bytes.EMPTY,
            Bytes.EMPTY,
            NETWORK_TARGET,
            made,
            Bytes.EMPTY,
            clock.instant());
    jobs.put(id, job);
    return job;
  }
}
