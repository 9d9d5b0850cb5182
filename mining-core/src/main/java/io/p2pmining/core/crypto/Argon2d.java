package io.p2pmining.core.crypto;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.DoubleConsumer;

/**
 * The memory fill of Argon2d (RFC 9106, version 0x13) without secret, associated data and tag: the
 * filled memory is the result. Immutable and safe for use by any thread.
 */
public final class Argon2d {

  /** Points in a pass at which lanes wait for each other. */
  static final int SLICES = 4;

  private static final int VERSION = 0x13;
  private static final int TYPE_D = 0;
  private static final int ABSENT = 0;

  private final byte[] salt;
  private final int passes;
  private final int lanes;

  /**
   * A fill of memory.
   *
   * @param passes how many times the memory is gone over, at least 1
   * @param lanes into how many parts the memory is cut that can be filled side by side, at least 1
   */
  public Argon2d(byte[] salt, int passes, int lanes) {
    if (passes < 1 || lanes < 1) {
      throw new IllegalArgumentException(
          "passes=" + passes + ", lanes=" + lanes + ", both must be at least 1");
    }
    this.salt = salt.clone();
    this.passes = passes;
    this.lanes = lanes;
  }

  /** Fills {@code memory} from {@code password} in Java. */
  public void fill(MemorySegment memory, byte[] password, int threads, DoubleConsumer progress)
      throws InterruptedException {
    fill(memory, password, threads, progress, new InterpretedSegmentFill());
  }

  /**
   * Fills {@code memory} from {@code password}.
   *
   * @param memory a multiple of 4 KiB per lane, at least 8 KiB per lane
   * @param threads how many threads may fill lanes side by side; one fills all on the caller's
   * @param progress told the finished part, from 0 to 1, after each slice
   * @param segmentFill how segments are filled
   * @throws InterruptedException if the calling thread is interrupted; no thread writes any more
   */
  public void fill(
      MemorySegment memory,
      byte[] password,
      int threads,
      DoubleConsumer progress,
      Argon2SegmentFill segmentFill)
      throws InterruptedException {
    long unit = (long) Argon2Block.BYTES * SLICES * lanes;
    if (memory.byteSize() < 2 * unit || memory.byteSize() % unit != 0) {
      throw new IllegalArgumentException(
          "memory size=" + memory.byteSize() + ", must be a multiple of " + unit + " and twice it");
    }
    byte[] prehash = prehash(memory.byteSize() / Argon2Block.BYTES, password);
    List<Argon2Lane> filled = new ArrayList<>();
    for (int lane = 0; lane < lanes; lane++) {
      Argon2Lane started = new Argon2Lane(memory, lane, lanes, segmentFill);
      started.start(prehash);
      filled.add(started);
    }
    if (Math.min(threads, lanes) == 1) {
      fillInTurn(filled, progress);
    } else {
      fillSideBySide(filled, Math.min(threads, lanes), progress);
    }
  }

  private void fillInTurn(List<Argon2Lane> filled, DoubleConsumer progress)
      throws InterruptedException {
    for (int step = 0; step < passes * SLICES; step++) {
      for (Argon2Lane lane : filled) {
        lane.fill(step / SLICES, step % SLICES);
      }
      report(step, progress);
    }
  }

  private void fillSideBySide(List<Argon2Lane> filled, int threads, DoubleConsumer progress)
      throws InterruptedException {
    try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      for (int step = 0; step < passes * SLICES; step++) {
        int pass = step / SLICES;
        int slice = step % SLICES;
        List<Callable<Void>> tasks = new ArrayList<>();
        for (Argon2Lane lane : filled) {
          tasks.add(
              () -> {
                lane.fill(pass, slice);
                return null;
              });
        }
        for (Future<Void> done : executor.invokeAll(tasks)) {
          done.get();
        }
        report(step, progress);
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("filling the memory of Argon2d failed", e.getCause());
    }
  }

  private void report(int step, DoubleConsumer progress) {
    progress.accept((step + 1.0) / (passes * SLICES));
  }

  /** RFC 9106, section 3.2, H0. */
  private byte[] prehash(long blocks, byte[] password) {
    Blake2b hash = new Blake2b(Blake2b.MAX_DIGEST_LENGTH);
    hash.updateInt(lanes);
    hash.updateInt(ABSENT);
    hash.updateInt(Math.toIntExact(blocks));
    hash.updateInt(passes);
    hash.updateInt(VERSION);
    hash.updateInt(TYPE_D);
    hash.updateInt(password.length);
    hash.update(password);
    hash.updateInt(salt.length);
    hash.update(salt);
    hash.updateInt(ABSENT);
    hash.updateInt(ABSENT);
    byte[] prehash = new byte[Blake2b.MAX_DIGEST_LENGTH];
    hash.digest(prehash, 0);
    return prehash;
  }
}
