package io.p2pmining.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.p2pmining.benchmarks.contender.ContenderException;
import io.p2pmining.benchmarks.contender.Mode;
import io.p2pmining.benchmarks.contender.PageKind;
import io.p2pmining.benchmarks.contender.Terms;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ContestTest {

  private final List<String> diary = new ArrayList<>();
  private final StringWriter progress = new StringWriter();
  private final ScriptedContender ours = new ScriptedContender("ours", 150, diary);
  private final ScriptedContender theirs = new ScriptedContender("theirs", 100, diary);

  @Test
  void alternatesWhoBeginsAfterAWarmUpOfBoth() throws InterruptedException {
    contest(Mode.FULL, 3).measure(ours, theirs, Set.of(Metric.FULL));
    assertThat(diary)
        .containsExactly("ours", "theirs", "ours", "theirs", "theirs", "ours", "ours", "theirs");
    assertThat(progress.toString()).contains("full, pair 3 of 3: ours 150.000, theirs 100.000");
  }

  @Test
  void findsRatesByTheClockAndByProcessorTime() throws InterruptedException {
    Report.Part part = contest(Mode.FULL, 7).measure(ours, theirs, Set.of(Metric.FULL));
    assertThat(part.findings())
        .extracting(Finding::unit)
        .containsExactly("hashes a second", "hashes a processor second");
    Finding rate = part.findings().getFirst();
    assertThat(rate.measured().ratio().median()).isEqualTo(1.5);
    assertThat(rate.won()).isEqualTo(7);
    assertThat(part.allocatedBytesPerHash()).isEqualTo(8);
    assertThat(rate.toText())
        .contains("full, hashes a second (more is better)", "150.000", "1.500", "7 of 7 pairs");
  }

  @Test
  void initialisesDatasetsOnTheThreadsOfTheTermsAndCachesOnOne() throws InterruptedException {
    Report.Part dataset = contest(Mode.FULL, 1).measure(ours, theirs, Set.of(Metric.DATASET));
    assertThat(diary).containsExactly("ours initialises with 4", "theirs initialises with 4");
    Finding time = dataset.findings().getFirst();
    assertThat(time.measured().ours().median()).isEqualTo(1000.0 / 150 / 4);
    assertThat(time.won()).as("less is better").isEqualTo(1);
    diary.clear();
    Report.Part cache = contest(Mode.LIGHT, 1).measure(ours, theirs, Set.of(Metric.CACHE));
    assertThat(diary).containsExactly("ours initialises with 1", "theirs initialises with 1");
    assertThat(cache.findings().getFirst().measured().theirs().median()).isEqualTo(1);
  }

  @Test
  void acceptsContendersThatDoTheSame() throws InterruptedException {
    Contest.requireSamePages(ours, theirs);
    contest(Mode.FULL, 1).requireSameHashes(ours, theirs);
  }

  @Test
  void refusesOtherPages() {
    theirs.onPages("2m");
    assertThatExceptionOfType(ContenderException.class)
        .isThrownBy(() -> Contest.requireSamePages(ours, theirs))
        .withMessageContaining("ours is on thp pages, theirs on 2m");
  }

  @Test
  void refusesOtherHashesButWhereTheyAreWrongOnPurpose() throws InterruptedException {
    theirs.hashingTo(1);
    assertThatExceptionOfType(ContenderException.class)
        .isThrownBy(() -> contest(Mode.LIGHT, 1).requireSameHashes(ours, theirs))
        .withMessageContaining("disagree");
    contest(Mode.MASKED, 1).requireSameHashes(ours, theirs);
  }

  private Contest contest(Mode mode, int pairs) {
    Terms terms = new Terms("rx/0", mode, 2, 4, PageKind.TRANSPARENT_HUGE);
    return new Contest(terms, new Alternation(pairs), 2, new PrintWriter(progress));
  }
}
