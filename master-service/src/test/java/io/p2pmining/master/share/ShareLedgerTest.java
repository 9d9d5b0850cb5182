package io.p2pmining.master.share;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.common.work.Bytes;
import io.p2pmining.common.work.NonceRange;
import io.p2pmining.core.pow.Target;
import io.p2pmining.master.job.BlockOutcome;
import io.p2pmining.master.job.Job;
import io.p2pmining.master.work.PeerId;
import io.p2pmining.master.work.Rejection;
import java.math.BigInteger;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ShareLedgerTest {

  private static final PeerId PEER = new PeerId("c".repeat(32));
  private static final Bytes HASH = Bytes.copyOf(new byte[32]);
  private static final Instant NOW = Instant.EPOCH;
  private static final Job JOB =
      new Job(
          "job",
          "test",
          "sha256d",
          Bytes.copyOf(new byte[80]),
          76,
          NonceRange.ALL,
          Bytes.EMPTY,
          Bytes.EMPTY,
          Target.EASIEST,
          7,
          Bytes.EMPTY,
          NOW);

  private final ShareLedger ledger = new ShareLedger(3);

  @Test
  void countsEverythingButRemembersTheLatest() {
    for (int nonce = 0; nonce < 5; nonce++) {
      ledger.accept(JOB, nonce, HASH, BigInteger.TEN, PEER, false, NOW);
    }
    ledger.reject(PEER, Rejection.STALE);
    ledger.reject(PEER, Rejection.STALE);

    assertThat(ledger.shares(null)).extracting(Share::nonce).containsExactly(4L, 3L, 2L);
    assertThat(ledger.total().accepted()).isEqualTo(5);
    assertThat(ledger.counts(PEER).rejected())
        .containsOnly(java.util.Map.entry(Rejection.STALE, 2L));
    assertThat(ledger.acceptedDifficulty()).isEqualTo(50);
  }

  @Test
  void replacesABlocksOutcomeAndShowsItsId() {
    FoundBlock found = ledger.blockFound(JOB, 1, HASH, BigInteger.TEN, PEER, NOW);
    Bytes blockId = Bytes.ofHex("ff".repeat(32));
    ledger.blockSettled(
        found, new BlockOutcome(BlockOutcome.State.ACCEPTED, blockId, "in the main chain"));

    assertThat(ledger.blocks())
        .singleElement()
        .satisfies(
            block -> {
              assertThat(block.outcome()).isEqualTo(BlockOutcome.State.ACCEPTED);
              assertThat(block.hash()).isEqualTo(blockId);
              assertThat(block.height()).isEqualTo(7);
            });
    assertThat(ledger.blockOutcomes())
        .containsEntry(BlockOutcome.State.ACCEPTED, 1L)
        .containsEntry(BlockOutcome.State.PENDING, 0L);
  }
}
