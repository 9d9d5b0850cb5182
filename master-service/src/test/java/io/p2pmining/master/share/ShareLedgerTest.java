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
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
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

  private final ShareLedger ledger =
      new ShareLedger(new AtomicLong()::incrementAndGet, ShareLedger.Totals.NONE);

  @Test
  void countsEverything() {
    for (int nonce = 0; nonce < 5; nonce++) {
      ledger.accept(JOB, nonce, HASH, BigInteger.TEN, PEER, false, NOW);
    }
    ledger.reject(Rejection.STALE);
    ledger.reject(Rejection.STALE);

    assertThat(ledger.total().accepted()).isEqualTo(5);
    assertThat(ledger.total().rejected()).containsOnly(Map.entry(Rejection.STALE, 2L));
    assertThat(ledger.acceptedDifficulty()).isEqualTo(50);
  }

  @Test
  void goesOnFromTheTotalsOfAnEarlierProcess() {
    ShareLedger next =
        new ShareLedger(
            () -> 100,
            new ShareLedger.Totals(
                new ShareCounts(7, Map.of(Rejection.STALE, 3L)),
                BigInteger.valueOf(70),
                2,
                BigInteger.valueOf(20),
                Map.of(BlockOutcome.State.ACCEPTED, 2L)));
    next.accept(JOB, 1, HASH, BigInteger.TEN, PEER, false, NOW);
    next.reject(Rejection.STALE);

    assertThat(next.total()).isEqualTo(new ShareCounts(8, Map.of(Rejection.STALE, 4L)));
    assertThat(next.acceptedDifficulty()).isEqualTo(80);
    assertThat(next.revoked()).isEqualTo(2);
    assertThat(next.revokedDifficulty()).isEqualTo(20);
    assertThat(next.blockOutcomes()).containsEntry(BlockOutcome.State.ACCEPTED, 2L);
  }

  @Test
  void replacesABlocksOutcomeAndShowsItsId() {
    FoundBlock found = ledger.blockFound(JOB, 1, HASH, BigInteger.TEN, PEER, NOW);
    Bytes blockId = Bytes.ofHex("ff".repeat(32));
    FoundBlock settled =
        ledger.blockSettled(
            found, new BlockOutcome(BlockOutcome.State.ACCEPTED, blockId, "in the main chain"));

    assertThat(settled.outcome()).isEqualTo(BlockOutcome.State.ACCEPTED);
    assertThat(settled.hash()).isEqualTo(blockId);
    assertThat(settled.height()).isEqualTo(7);
    assertThat(ledger.blockOutcomes())
        .containsEntry(BlockOutcome.State.ACCEPTED, 1L)
        .containsEntry(BlockOutcome.State.PENDING, 0L);
  }
}
