package io.p2pmining.master.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.common.work.Bytes;
import io.p2pmining.common.work.NonceRange;
import io.p2pmining.master.job.JobListener.Replacement;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class JobBoardTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration GRACE = Duration.ofSeconds(10);

  private int history = 3;
  private final JobBoard board = new JobBoard(() -> history, JobLog.NONE);

  @Test
  void endsTheOlderJobsOfASourceOnANewTip() {
    Job old = job("a", 1);
    Job other = job("b", 1);
    board.put(old, Replacement.NEW_TIP, NOW);
    board.put(other, Replacement.NEW_TIP, NOW);

    Job next = job("a", 2);
    assertThat(board.put(next, Replacement.NEW_TIP, NOW)).containsExactly(old);
    assertThat(board.current()).containsExactlyInAnyOrder(next, other);
    assertThat(board.isCurrent(old.id())).isFalse();
  }

  @Test
  void keepsCreditingARefreshedJobButCutsNothingFromIt() {
    Job old = job("a", 1);
    board.put(old, Replacement.NEW_TIP, NOW);
    assertThat(board.put(job("a", 2), Replacement.REFRESH, NOW)).isEmpty();

    assertThat(board.uncut(old)).isZero();
    assertThat(board.credits(old.id(), GRACE, NOW.plusSeconds(1000))).isTrue();
  }

  @Test
  void creditsAnEndedJobForAShortWhile() {
    Job old = job("a", 1);
    board.put(old, Replacement.NEW_TIP, NOW);
    board.put(job("a", 2), Replacement.NEW_TIP, NOW);

    assertThat(board.credits(old.id(), GRACE, NOW.plusSeconds(10))).isTrue();
    assertThat(board.credits(old.id(), GRACE, NOW.plusSeconds(11))).isFalse();
    assertThat(board.credits("unknown", GRACE, NOW)).isFalse();
  }

  @Test
  void endsAnActiveJobBeforeItForgetsIt() {
    Job first = job("a", 1);
    board.put(first, Replacement.NEW_TIP, NOW);
    board.put(job("a", 2), Replacement.REFRESH, NOW);
    board.put(job("a", 3), Replacement.REFRESH, NOW);

    assertThat(board.put(job("a", 4), Replacement.REFRESH, NOW)).containsExactly(first);
    assertThat(board.find(first.id())).isEmpty();
    assertThat(board.list()).hasSize(3);
  }

  @Test
  void remembersFewerJobsWhenItIsToldTo() {
    board.put(job("a", 1), Replacement.NEW_TIP, NOW);
    board.put(job("a", 2), Replacement.NEW_TIP, NOW);
    board.put(job("a", 3), Replacement.NEW_TIP, NOW);
    history = 2;

    board.put(job("a", 4), Replacement.NEW_TIP, NOW);

    assertThat(board.list()).extracting(view -> view.job().height()).containsOnly(3L, 4L);
  }

  @Test
  void neverCutsANonceTwice() {
    Job job = job("a", 1);
    board.put(job, Replacement.NEW_TIP, NOW);

    assertThat(board.cut(job, 30)).isEqualTo(new NonceRange(5, 30));
    assertThat(board.cut(job, 70)).isEqualTo(new NonceRange(35, 70));
    assertThat(board.uncut(job)).isZero();
  }

  @Test
  void remembersWhyASourceHasNothing() {
    Job job = job("a", 1);
    board.put(job, Replacement.NEW_TIP, NOW);

    assertThat(board.withdraw("a", "no node answers", NOW)).containsExactly(job);
    assertThat(board.current()).isEmpty();
    assertThat(board.withdrawals()).containsEntry("a", "no node answers");
    board.put(job("a", 2), Replacement.REFRESH, NOW);
    assertThat(board.withdrawals()).isEmpty();
  }

  private static Job job(String source, int number) {
    return new Job(
        source + "-" + number,
        source,
        "sha256d",
        Bytes.copyOf(new byte[4]),
        0,
        new NonceRange(5, 100),
        Bytes.EMPTY,
        Bytes.EMPTY,
        null,
        number,
        Bytes.EMPTY,
        NOW);
  }
}
