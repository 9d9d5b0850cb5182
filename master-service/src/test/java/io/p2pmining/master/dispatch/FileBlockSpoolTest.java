package io.p2pmining.master.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.common.work.Bytes;
import io.p2pmining.common.work.NonceRange;
import io.p2pmining.core.pow.Target;
import io.p2pmining.master.job.BlockOutcome;
import io.p2pmining.master.job.Job;
import io.p2pmining.master.share.FoundBlock;
import io.p2pmining.master.work.PeerId;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class FileBlockSpoolTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir private Path directory;

  @Test
  void keepsCandidatesForTheNextProcessUntilTheyAreForgotten() {
    SpooledBlock first = block(1, Target.forDifficulty(77));
    SpooledBlock second = block(2, null);
    try (FileBlockSpool spool = open()) {
      spool.keep(first);
      spool.keep(second);
    }
    try (FileBlockSpool next = open()) {
      assertThat(next.kept()).containsExactlyInAnyOrder(first, second);
      next.forget(first.block());
    }
    try (FileBlockSpool last = open()) {
      assertThat(last.kept()).containsExactly(second);
    }
  }

  @Test
  void passesOverFilesThatCannotBeRead() throws IOException {
    SpooledBlock good = block(1, null);
    try (FileBlockSpool spool = open()) {
      spool.keep(good);
    }
    Files.writeString(directory.resolve("2.json"), "{\"jobId\":");
    Files.writeString(directory.resolve("3.json.tmp"), "unfinished");

    try (FileBlockSpool spool = open()) {
      assertThat(spool.kept()).containsExactly(good);
    }
  }

  private FileBlockSpool open() {
    return new FileBlockSpool(directory, JsonMapper.shared());
  }

  private static SpooledBlock block(long id, @org.jspecify.annotations.Nullable Target target) {
    Job job =
        new Job(
            "job-" + id,
            "test",
            "sha256d",
            Bytes.ofHex("0102030405"),
            1,
            new NonceRange(5, 100),
            Bytes.ofHex("aa"),
            Bytes.EMPTY,
            target,
            42,
            Bytes.ofHex("bb"),
            NOW);
    FoundBlock found =
        new FoundBlock(
            id,
            job.id(),
            42,
            0xffffffffL,
            Bytes.ofHex("cc".repeat(32)),
            BigInteger.TWO.pow(100),
            new PeerId("a".repeat(32)),
            NOW,
            BlockOutcome.State.PENDING,
            "submitted again");
    return new SpooledBlock(job, Bytes.ofHex("dd"), found);
  }
}
