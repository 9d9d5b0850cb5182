package io.p2pmining.master.dispatch;

import io.p2pmining.common.node.SafeFile;
import io.p2pmining.common.work.Bytes;
import io.p2pmining.common.work.NonceRange;
import io.p2pmining.core.pow.Target;
import io.p2pmining.master.job.BlockOutcome;
import io.p2pmining.master.job.Job;
import io.p2pmining.master.share.FoundBlock;
import io.p2pmining.master.work.PeerId;
import io.p2pmining.service.startup.StartupException;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * One file for each candidate, named after the block's number. A file appears whole, and is on the
 * disk before it has its name. Files are written by a thread of their own, one after the other.
 */
final class FileBlockSpool implements BlockSpool, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FileBlockSpool.class);

  private static final String SUFFIX = ".json";
  private static final long STOP_TIMEOUT_SECONDS = 2;

  private final Path directory;
  private final JsonMapper json;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("block-spool").factory());

  /**
   * Makes the directory if need be.
   *
   * @throws StartupException if it cannot be used
   */
  FileBlockSpool(Path directory, JsonMapper json) {
    this.directory = directory;
    this.json = json;
    try {
      Files.createDirectories(directory);
      deleteUnfinished();
    } catch (IOException e) {
      throw new StartupException(
          "the directory " + directory + " for found blocks cannot be used: " + e,
          "make it writable, or choose another data directory with p2pmine.data-dir",
          e);
    }
  }

  /** A process that died while it wrote had submitted the block before. */
  private void deleteUnfinished() throws IOException {
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(directory, "*" + SafeFile.UNFINISHED)) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
  }

  @Override
  public void keep(SpooledBlock candidate) {
    thread.execute(() -> write(candidate));
  }

  @Override
  public void forget(FoundBlock block) {
    thread.execute(
        () -> {
          try {
            Files.deleteIfExists(file(block));
          } catch (IOException e) {
            LOG.warn("Spooled block {} cannot be deleted: {}", file(block), e.toString());
          }
        });
  }

  private void write(SpooledBlock candidate) {
    Path file = file(candidate.block());
    try {
      SafeFile.replace(file, json.writeValueAsBytes(Content.of(candidate)));
    } catch (IOException e) {
      LOG.error(
          "Block {} of job {} could not be spooled ({}); it is submitted all the same",
          candidate.block().hash(),
          candidate.job().id(),
          e.toString());
    }
  }

  @Override
  public List<SpooledBlock> kept() {
    List<SpooledBlock> kept = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
      for (Path file : files) {
        try {
          kept.add(json.readValue(Files.readAllBytes(file), Content.class).toBlock());
        } catch (IOException | JacksonException | IllegalArgumentException e) {
          LOG.error("Spooled block {} cannot be read: {}", file, e.toString());
        }
      }
    } catch (IOException e) {
      LOG.error("Spooled blocks cannot be read from {}: {}", directory, e.toString());
    }
    return kept;
  }

  private Path file(FoundBlock block) {
    return directory.resolve(block.id() + SUFFIX);
  }

  /** Lets what waits be written. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("The master ends before every found block was spooled");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A candidate as it stands in its file; bytes in hex. */
  record Content(
      String jobId,
      String source,
      String algorithm,
      String blob,
      int nonceOffset,
      long nonceStart,
      long nonceCount,
      String seedHash,
      String nextSeedHash,
      @Nullable String networkTarget,
      long height,
      String extraNonce,
      Instant createdAt,
      String keepsake,
      long blockId,
      long nonce,
      String hash,
      BigInteger difficulty,
      String peer,
      Instant foundAt) {

    static Content of(SpooledBlock candidate) {
      Job job = candidate.job();
      FoundBlock block = candidate.block();
      Target network = job.networkTarget();
      return new Content(
          job.id(),
          job.source(),
          job.algorithm(),
          job.blob().toHex(),
          job.nonceOffset(),
          job.range().start(),
          job.range().count(),
          job.seedHash().toHex(),
          job.nextSeedHash().toHex(),
          network == null ? null : Bytes.copyOf(network.toLittleEndian()).toHex(),
          job.height(),
          job.extraNonce().toHex(),
          job.createdAt(),
          candidate.keepsake().toHex(),
          block.id(),
          block.nonce(),
          block.hash().toHex(),
          block.difficulty(),
          block.peer().hex(),
          block.foundAt());
    }

    SpooledBlock toBlock() {
      Job job =
          new Job(
              jobId,
              source,
              algorithm,
              Bytes.ofHex(blob),
              nonceOffset,
              new NonceRange(nonceStart, nonceCount),
              Bytes.ofHex(seedHash),
              Bytes.ofHex(nextSeedHash),
              networkTarget == null
                  ? null
                  : Target.ofLittleEndian(Bytes.ofHex(networkTarget).toArray()),
              height,
              Bytes.ofHex(extraNonce),
              createdAt);
      FoundBlock block =
          new FoundBlock(
              blockId,
              jobId,
              height,
              nonce,
              Bytes.ofHex(hash),
              difficulty,
              new PeerId(peer),
              foundAt,
              BlockOutcome.State.PENDING,
              "submitted again");
      return new SpooledBlock(job, Bytes.ofHex(keepsake), block);
    }
  }
}
