package io.p2pmining.master.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.p2pmining.common.work.Bytes;
import io.p2pmining.common.work.NonceRange;
import io.p2pmining.core.pow.Target;
import io.p2pmining.master.job.FiniteTerms;
import io.p2pmining.master.job.Job;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Ten equal workers ask for a unit of a second in turn. */
class FairShareTest {

  private static final int WORKERS = 10;
  private static final double UNIT_SECONDS = 1.0 / WORKERS;
  private static final int LONGEST_WAIT_OF_A_KEY_SECONDS = 360;

  private final FairShare shares = new FairShare();
  private final List<FairShare.@Nullable Key> keys = new ArrayList<>();
  private final Map<Job, Integer> units = new HashMap<>();
  private final Map<Job, Integer> longestWait = new HashMap<>();
  private final Map<Job, Integer> waiting = new HashMap<>();
  private int keyChanges;
  private List<Job> jobs = List.of();

  FairShareTest() {
    for (int i = 0; i < WORKERS; i++) {
      keys.add(null);
    }
  }

  @Test
  void dividesTimeByPriority() {
    Job low = job("low", "sha256d", "", 5);
    Job usual = job("usual", "sha256d", "", 10);
    Job high = job("high", "sha256d", "", 85);
    offer(low, usual, high);

    work(1000);

    assertThat(units.get(low)).isCloseTo(500, within(20));
    assertThat(units.get(usual)).isCloseTo(1000, within(20));
    assertThat(units.get(high)).isCloseTo(8500, within(20));
  }

  @Test
  void owesNothingForTheTimeBeforeAJobCame() {
    Job first = job("first", "sha256d", "", 10);
    offer(first);
    work(10_000);
    Job second = job("second", "sha256d", "", 10);
    offer(first, second);
    units.clear();

    work(100);

    assertThat(units.get(second)).isCloseTo(500, within(10));
  }

  @Test
  void jobsOfOneSourceShareItsTime() {
    Job posted = job("posted", "sha256d", "", 10);
    for (int i = 0; i < 100; i++) {
      offer(posted, live("live-" + i));
      work(10);
    }

    assertThat(units.get(posted)).isCloseTo(5000, within(20));
  }

  @Test
  void changesKeysSeldomAndIsFairInTheLongRun() {
    Job one = job("one", "rx/0", "01", 10);
    Job two = job("two", "rx/0", "02", 10);
    offer(one, two);

    work(3600);

    assertThat(units.get(one)).isCloseTo(18_000, within(1300));
    assertThat(units.get(two)).isCloseTo(18_000, within(1300));
    assertThat(keyChanges).isLessThan(4 * WORKERS);
  }

  @Test
  void aJobWithANewKeyBeginsAtOnce() {
    Job one = job("one", "rx/0", "01", 10);
    offer(one);
    work(1000);
    Job two = job("two", "rx/0", "02", 10);
    offer(one, two);

    work(10);

    assertThat(units.get(two)).isCloseTo(50, within(15));
  }

  @Test
  void aJobThatFewCanWorkOnDoesNotStarveOthersWhenManyCome() {
    Job rare = job("rare", "rx/2", "01", 10);
    Job common = job("common", "sha256d", "", 10);
    jobs = List.of(rare, common);
    shares.keep(jobs);
    for (int second = 0; second < 10_000; second++) {
      serve(0, jobs);
      for (int worker = 1; worker < WORKERS; worker++) {
        serve(worker, List.of(common));
      }
    }
    longestWait.clear();
    waiting.clear();

    work(3600);

    assertThat(longestWait.getOrDefault(common, 0))
        .isPositive()
        .isLessThan(2 * LONGEST_WAIT_OF_A_KEY_SECONDS * WORKERS);
  }

  @Test
  void noneOfManyJobsStarves() {
    List<Job> many = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      many.add(
          job("job-" + i, i % 2 == 0 ? "rx/0" : "sha256d", i % 2 == 0 ? "0" + i % 8 : "", 1 + i));
    }
    offer(many.toArray(Job[]::new));

    work(6000);

    assertThat(units.keySet()).extracting(Job::id).hasSize(100);
    assertThat(longestWait.values())
        .allSatisfy(
            wait -> assertThat(wait).isLessThan(5 * LONGEST_WAIT_OF_A_KEY_SECONDS * WORKERS));
  }

  private void offer(Job... offered) {
    jobs = List.of(offered);
    shares.keep(jobs);
  }

  private void work(int seconds) {
    for (int second = 0; second < seconds; second++) {
      for (int worker = 0; worker < WORKERS; worker++) {
        serve(worker, jobs);
      }
    }
  }

  private void serve(int worker, List<Job> eligible) {
    FairShare.Key key = keys.get(worker);
    Job job = shares.inOrder(eligible, key).getFirst();
    shares.served(job, UNIT_SECONDS);
    units.merge(job, 1, Integer::sum);
    keyChanges += FairShare.keyOf(job).equals(key) ? 0 : 1;
    keys.set(worker, FairShare.keyOf(job));
    for (Job other : eligible) {
      int waited = other.equals(job) ? 0 : waiting.getOrDefault(other, 0) + 1;
      waiting.put(other, waited);
      longestWait.merge(other, waited, Math::max);
    }
  }

  private static Job job(String id, String algorithm, String seedHash, int priority) {
    return job(id, "posted", algorithm, seedHash, new FiniteTerms(priority, Target.EASIEST, 0));
  }

  private static Job live(String id) {
    return job(id, "live", "sha256d", "", null);
  }

  private static Job job(
      String id, String source, String algorithm, String seedHash, @Nullable FiniteTerms terms) {
    return new Job(
        id,
        source,
        algorithm,
        Bytes.copyOf(new byte[8]),
        0,
        NonceRange.ALL,
        Bytes.ofHex(seedHash),
        Bytes.EMPTY,
        null,
        0,
        Bytes.EMPTY,
        Instant.EPOCH,
        terms,
        null);
  }
}
