package io.p2pmining.master.source.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.common.work.Bytes;
import io.p2pmining.master.job.Job;
import io.p2pmining.master.job.JobListener;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class BenchmarkSourceTest {

  private static final String REFERENCE_TEMPLATE =
      "0707f7a4f0d605b303260816ba3f10902e1a145ac5fad3aa3af6ea44c11869dc4f853f002b2eea"
          + "0000000077b206a02ca5b1d4ce6bbfdf0acac38bded34d2dcdeef95cd20cefc12f61d56109";
  private static final int COUNTER_OFFSET = 7;
  private static final int COUNTER_LENGTH = 8;

  private final List<Job> jobs = new ArrayList<>();
  private final BenchmarkSource source =
      new BenchmarkSource(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC), 42);

  BenchmarkSourceTest() {
    source.start(
        new JobListener() {
          @Override
          public void jobArrived(Job job, Replacement replacement) {
            assertThat(replacement).isEqualTo(Replacement.NEW_TIP);
            jobs.add(job);
          }

          @Override
          public void jobsWithdrawn(String name, String reason) {
            throw new AssertionError("the benchmark never withdraws: " + reason);
          }
        });
  }

  @Test
  void beginsANewRoundAfterTwentyShares() {
    for (int share = 1; share < BenchmarkSource.SHARES_PER_ROUND; share++) {
      source.shareAccepted(jobs.getFirst(), BigInteger.TEN);
    }
    assertThat(jobs).hasSize(1);

    source.shareAccepted(jobs.getFirst(), BigInteger.TEN);
    assertThat(jobs).hasSize(2);
    assertThat(jobs.get(1).blob()).isNotEqualTo(jobs.getFirst().blob());
    assertThat(jobs.get(1).id()).isNotEqualTo(jobs.getFirst().id());
  }

  @Test
  void countsNoSharesOfAnEarlierRound() {
    Job first = jobs.getFirst();
    for (int share = 0; share < 3 * BenchmarkSource.SHARES_PER_ROUND; share++) {
      source.shareAccepted(first, BigInteger.TEN);
    }

    assertThat(jobs).hasSize(2);
  }

  @Test
  void makesNoBlocks() {
    assertThat(jobs.getFirst().networkTarget()).isNull();
  }

  @Test
  void variesEightBytesOfThePreviousBlockAndNothingElse() {
    byte[] blob = jobs.getFirst().blob().toArray();
    byte[] template = HexFormat.of().parseHex(REFERENCE_TEMPLATE);
    System.arraycopy(template, COUNTER_OFFSET, blob, COUNTER_OFFSET, COUNTER_LENGTH);

    assertThat(blob).isEqualTo(template);
    assertThat(jobs.getFirst().seedHash()).isEqualTo(Bytes.copyOf(new byte[4]));
    assertThat(jobs.getFirst().algorithm()).isEqualTo("rx/0");
  }

  @Test
  void continuesARoundOverAnotherVariantWhenItsNoncesRunOut() {
    Job first = jobs.getFirst();
    Job variant = source.nextVariant(first).orElseThrow();

    assertThat(variant.blob()).isNotEqualTo(first.blob());
    assertThat(source.nextVariant(first)).isEmpty();
    for (int share = 0; share < BenchmarkSource.SHARES_PER_ROUND; share++) {
      source.shareAccepted(variant, BigInteger.TEN);
    }
    assertThat(jobs).hasSize(2);
  }
}
