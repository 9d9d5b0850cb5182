package io.p2pmining.master.crash;

import io.p2pmining.common.work.Bytes;
import io.p2pmining.common.work.NonceRange;
import io.p2pmining.core.pow.Target;
import io.p2pmining.master.job.BlockCandidate;
import io.p2pmining.master.job.BlockOutcome;
import io.p2pmining.master.job.ExtraNonceCounter;
import io.p2pmining.master.job.Job;
import io.p2pmining.master.job.JobListener;
import io.p2pmining.master.job.JobSource;
import io.p2pmining.master.job.SourceStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Jobs of sha256d, another every few seconds, whose blocks a file takes. It answers slowly, so that
 * masters die between a block and its outcome.
 */
final class CrashSource implements JobSource {

  private static final int NONCE_OFFSET = 76;
  private static final Target NETWORK = Target.forDifficulty(2000);
  private static final Duration REFRESH = Duration.ofSeconds(3);
  private static final Duration SETTLING = Duration.ofMillis(500);

  private final ExtraNonceCounter extraNonces;
  private final Path chain;
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private volatile @Nullable Job current;

  CrashSource(ExtraNonceCounter extraNonces, Path chain) {
    this.extraNonces = extraNonces;
    this.chain = chain;
  }

  @Override
  public String name() {
    return "crash";
  }

  @Override
  public Resumption resume(Job job, Bytes keepsake) {
    current = job;
    return Resumption.AS_BEFORE;
  }

  @Override
  public void start(JobListener listener) {
    if (current == null) {
      deliver(listener);
    }
    long millis = REFRESH.toMillis();
    var unused =
        timer.scheduleWithFixedDelay(
            () -> deliver(listener), millis, millis, TimeUnit.MILLISECONDS);
  }

  private void deliver(JobListener listener) {
    Job job = newJob();
    current = job;
    boolean tip = job.height() % 4 == 0;
    listener.jobArrived(
        job, tip ? JobListener.Replacement.NEW_TIP : JobListener.Replacement.REFRESH);
  }

  private Job newJob() {
    long extraNonce = extraNonces.getAsLong();
    byte[] blob = new byte[NONCE_OFFSET + Job.NONCE_BYTES];
    ByteBuffer.wrap(blob).putLong(extraNonce);
    return new Job(
        "crash-" + extraNonce,
        name(),
        "sha256d",
        Bytes.copyOf(blob),
        NONCE_OFFSET,
        NonceRange.ALL,
        Bytes.EMPTY,
        Bytes.EMPTY,
        NETWORK,
        extraNonce,
        Bytes.EMPTY,
        Instant.now());
  }

  @Override
  public SourceStatus status() {
    return new SourceStatus(true, "test", "", 0, null);
  }

  @Override
  public Optional<Job> nextVariant(Job exhausted) {
    return Optional.empty();
  }

  @Override
  public CompletableFuture<BlockOutcome> submit(BlockCandidate candidate) {
    try {
      Files.writeString(
          chain,
          candidate.job().id() + ":" + candidate.nonce() + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    CompletableFuture<BlockOutcome> outcome = new CompletableFuture<>();
    var unused =
        timer.schedule(
            () ->
                outcome.complete(
                    new BlockOutcome(BlockOutcome.State.ACCEPTED, candidate.hash(), "in the file")),
            SETTLING.toMillis(),
            TimeUnit.MILLISECONDS);
    return outcome;
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
