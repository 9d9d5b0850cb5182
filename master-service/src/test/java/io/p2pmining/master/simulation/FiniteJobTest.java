package io.p2pmining.master.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.master.job.Job;
import io.p2pmining.master.job.JobState;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How near to the ideal a thousand workers finish a finite job: the time that their speeds, from 5
 * to 50 000 hashes a second, would take together if nobody ever waited.
 */
class FiniteJobTest {

  private static final int WORKERS = 1000;
  private static final double TOLERANCE = 1.05;
  private static final double MILLIS_PER_SECOND = 1000;

  @ParameterizedTest(name = "seed {0}, {1} s")
  @CsvSource({"1, 60", "2, 60", "3, 60", "4, 60", "5, 120", "6, 120", "7, 600", "8, 600"})
  void allFinishTogether(long seed, int idealSeconds) {
    Fleet fleet = new Fleet(seed, WORKERS);
    fleet.connectAll();
    Job job = fleet.post((long) (fleet.speed() * idealSeconds));

    double seconds = seconds(fleet.runToTheEndOf(job));
    assertThat(fleet.stateOf(job)).isEqualTo(JobState.COMPLETED);
    assertThat(seconds)
        .as("seed=%d", seed)
        .isBetween((double) idealSeconds, TOLERANCE * idealSeconds);
  }

  /**
   * What vanished workers had in hand comes back when the silence was noticed and the grace is
   * over. Then it is worked on by all others: the job takes no longer than what is ideal for those
   * who are left, or than that moment and what was lost takes, whichever is later.
   */
  @ParameterizedTest(name = "seed {0}, vanish after {1} s")
  @CsvSource({"1, 30", "2, 60", "3, 90", "4, 110", "5, 118"})
  void theOthersFinishWhatVanishedWorkersLeave(long seed, int vanishAfter) {
    Fleet fleet = new Fleet(seed, WORKERS);
    fleet.connectAll();
    double before = fleet.speed();
    Job job = fleet.post((long) (before * 120));
    fleet.runUntil(Duration.ofSeconds(vanishAfter));
    fleet.vanish(WORKERS / 5);

    double ideal = vanishAfter + (120 - vanishAfter) * before / fleet.speed();
    double noticed = vanishAfter + seconds(Fleet.IDLE_TIMEOUT) + seconds(Fleet.RECONNECT_GRACE);
    assertThat(seconds(fleet.runToTheEndOf(job)))
        .as("seed=%d", seed)
        .isBetween(ideal, TOLERANCE * Math.max(ideal, noticed));
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / MILLIS_PER_SECOND;
  }
}
