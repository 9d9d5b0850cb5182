package io.p2pmining.worker.work;

import io.p2pmining.common.log.LogThrottle;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes checkpoints on a thread of its own: progress every few seconds, results as soon as there
 * are some, and nothing that says what the last one says. A disk that takes nothing costs a line in
 * the log now and then, never work. Safe for use by any thread.
 */
final class CheckpointKeeper implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger("io.p2pmining.worker.Checkpoint");

  /** How often progress is written; what was hashed since then is hashed again after a crash. */
  private static final Duration INTERVAL = Duration.ofSeconds(5);

  /** How often results are written at most, however many there are. */
  private static final Duration RESULT_GAP = Duration.ofMillis(100);

  private static final Duration STOP_LIMIT = Duration.ofSeconds(1);

  private final CheckpointFile file;
  private final LogThrottle failures;
  private final Semaphore resultChanges = new Semaphore(0);
  private final Thread writer =
      Thread.ofPlatform().daemon().name("checkpoint").unstarted(this::run);

  private volatile @Nullable Supplier<Checkpoint> source;
  private volatile boolean closed;

  /** What is in the file, as far as is known. Of the writer; of the one who closes afterwards. */
  private Checkpoint written = Checkpoint.EMPTY;

  private boolean writtenDurably = true;

  CheckpointKeeper(CheckpointFile file, InstantSource clock) {
    this.file = file;
    this.failures = new LogThrottle(1, Duration.ofMinutes(1), clock);
  }

  /** What a former process of this worker left. */
  Checkpoint load() {
    written = file.read();
    return written;
  }

  /**
   * Begins to write.
   *
   * @param source takes a checkpoint; called on the writing thread
   */
  void keep(Supplier<Checkpoint> source) {
    this.source = source;
    writer.start();
  }

  /** There is a result that is to survive this process. Returns at once. */
  void resultChanged() {
    resultChanges.release();
  }

  private void run() {
    try {
      while (!closed) {
        boolean results = resultChanges.tryAcquire(INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        resultChanges.drainPermits();
        write();
        if (results) {
          Thread.sleep(RESULT_GAP);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    }
  }

  /** Results must survive a power cut; of progress it is enough if the last but one does. */
  private void write() {
    Supplier<Checkpoint> taken = source;
    if (taken == null) {
      return;
    }
    Checkpoint checkpoint = taken.get();
    boolean durable = !checkpoint.results().equals(written.results());
    if (checkpoint.saysTheSame(written) && writtenDurably) {
      return;
    }
    try {
      file.write(checkpoint, durable || !writtenDurably);
      written = checkpoint;
      writtenDurably = true;
    } catch (IOException e) {
      writtenDurably = false;
      failures.log(
          hidden ->
              LOG.warn(
                  "What this worker has in hand cannot be saved ({}) and would be lost in a crash; make room or make the data directory writable",
                  e.toString()));
    }
  }

  /** Writes for the last time. */
  @Override
  public void close() {
    closed = true;
    writer.interrupt();
    try {
      if (source != null && writer.join(STOP_LIMIT)) {
        write();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
