package io.p2pmining.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BenchmarkProgressTest {

  private static final String CLEAR = "\r\u001b[K";

  private final StringWriter err = new StringWriter();
  private final AtomicLong nanos = new AtomicLong();

  @Test
  void drawsABarOverItselfOnATerminal() {
    BenchmarkProgress progress = progress(true);

    after(Duration.ofSeconds(1), () -> progress.preparing(0.5));
    after(Duration.ofSeconds(1), () -> progress.hashing(1, 300, Duration.ofSeconds(2)));
    progress.end();

    assertThat(err.toString())
        .isEqualTo(
            CLEAR
                + "preparing ["
                + "#".repeat(15)
                + ".".repeat(15)
                + "]  50 %"
                + CLEAR
                + "hashing   ["
                + "#".repeat(30)
                + "] 100 %  300 hashes, 150.0 H/s"
                + CLEAR);
  }

  @Test
  void writesAPlainLineNowAndThenElsewhere() {
    BenchmarkProgress progress = progress(false);

    for (int second = 1; second <= 10; second++) {
      int elapsed = second;
      after(
          Duration.ofSeconds(1),
          () -> progress.hashing(elapsed / 20.0, elapsed, Duration.ofSeconds(elapsed)));
    }
    progress.end();

    assertThat(err.toString().lines())
        .containsExactly("hashing 25 %  5 hashes, 1.0 H/s", "hashing 50 %  10 hashes, 1.0 H/s");
  }

  @Test
  void saysNothingAboutWhatIsDoneAtOnce() {
    BenchmarkProgress progress = progress(true);

    progress.preparing(1);
    progress.end();

    assertThat(err.toString()).isEmpty();
  }

  private BenchmarkProgress progress(boolean terminal) {
    return new BenchmarkProgress(new PrintWriter(err, true), terminal, nanos::get);
  }

  private void after(Duration duration, Runnable action) {
    nanos.addAndGet(duration.toNanos());
    action.run();
  }
}
