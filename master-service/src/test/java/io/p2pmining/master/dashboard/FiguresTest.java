package io.p2pmining.master.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {

  private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "0, 0 H/s",
    "0.5, 0.50 H/s",
    "42.34, 42.3 H/s",
    "843.2, 843 H/s",
    "999.96, 1.00 kH/s",
    "1534, 1.53 kH/s",
    "25340, 25.3 kH/s",
    "998700, 998.7 kH/s",
    "1234567, 1.23 MH/s",
    "3.1e9, 3.10 GH/s"
  })
  void writesRatesAsMinersDo(double rate, String text) {
    assertThat(Figures.rate(rate).text()).isEqualTo(text);
  }

  @Test
  void keepsTheExactRate() {
    assertThat(Figures.rate(1234.567).exact()).isEqualTo("1,234.57 hashes per second");
  }

  @ParameterizedTest
  @CsvSource({
    "0, just now",
    "1, just now",
    "12, 12 s ago",
    "59, 59 s ago",
    "185, 3 m ago",
    "3600, 1 h ago",
    "100000, 27 h ago",
    "172800, 2 d ago",
    "-5, just now"
  })
  void saysHowLongAgo(long seconds, String text) {
    Figure ago = Figures.ago(NOW.minusSeconds(seconds), NOW);

    assertThat(ago.text()).isEqualTo(text);
  }

  @Test
  void keepsTheMoment() {
    assertThat(Figures.ago(NOW.minusMillis(1500), NOW).exact())
        .isEqualTo("2026-11-26 11:59:58 UTC");
    assertThat(Figures.ago(null, NOW).text()).isEqualTo("never");
  }

  @ParameterizedTest
  @CsvSource({
    "5, 5 s",
    "60, 1 m",
    "75, 1 m 15 s",
    "3660, 1 h 1 m",
    "86400, 1 d",
    "277200, 3 d 5 h",
    "34560000, 1 y 35 d"
  })
  void writesDurationsInTwoUnits(long seconds, String text) {
    assertThat(Figures.duration(Duration.ofSeconds(seconds)).text()).isEqualTo(text);
  }

  @Test
  void doesNotPretendToKnowTheFarFuture() {
    assertThat(Figures.seconds(1e15).text()).isEqualTo("practically never");
    assertThat(Figures.seconds(Double.NaN).text()).isEqualTo("practically never");
  }

  @ParameterizedTest
  @CsvSource({"0, 0 %", "1, 100 %", "0.1234, 12.3 %", "0.9999, 100 %", "1.25, 125 %"})
  void writesParts(double part, String text) {
    assertThat(Figures.percent(part).text()).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "999, 999", "1500, 1.50 k", "345200000000, 345.2 G"})
  void writesLargeNumbersShort(BigInteger number, String text) {
    assertThat(Figures.large(number).text()).isEqualTo(text);
  }

  @Test
  void groupsDigits() {
    assertThat(Figures.count(1_234_567).text()).isEqualTo("1,234,567");
    assertThat(Figures.large(BigInteger.valueOf(1_234_567)).exact()).isEqualTo("1,234,567");
  }
}
