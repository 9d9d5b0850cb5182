package io.p2pmining.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FiguresTest {

  @Test
  void writesRatesAsMinersDo() {
    assertThat(Figures.rate(41.26)).isEqualTo("41.3 H/s");
    assertThat(Figures.rate(9_999)).isEqualTo("9999 H/s");
    assertThat(Figures.rate(18_213.5)).isEqualTo("18.2 kH/s");
    assertThat(Figures.rate(123_456_789)).isEqualTo("123 MH/s");
    assertThat(Figures.rate(1e15)).isEqualTo("1000000 GH/s");
  }

  @Test
  void shortensLargeCounts() {
    assertThat(Figures.count(0)).isEqualTo("0");
    assertThat(Figures.count(9_999)).isEqualTo("9999");
    assertThat(Figures.count(512_345_678_901.0)).isEqualTo("512 G");
  }

  @Test
  void saysHowLongAgoInTheLargestUnit() {
    assertThat(Figures.ago(Duration.ofMillis(900))).isEqualTo("now");
    assertThat(Figures.ago(Duration.ofSeconds(59))).isEqualTo("59 s ago");
    assertThat(Figures.ago(Duration.ofSeconds(3 * 60 + 59))).isEqualTo("3 m ago");
    assertThat(Figures.ago(Duration.ofHours(47))).isEqualTo("1 d ago");
    assertThat(Figures.ago(Duration.ofSeconds(-5))).isEqualTo("now");
  }

  @Test
  void saysSpansInTwoUnits() {
    assertThat(Figures.span(Duration.ofSeconds(42))).isEqualTo("42 s");
    assertThat(Figures.span(Duration.ofSeconds(3_900))).isEqualTo("1 h 5 m");
    assertThat(Figures.span(Duration.ofDays(3).plusHours(4))).isEqualTo("3 d 4 h");
  }

  @Test
  void givesSmallPartsADecimal() {
    assertThat(Figures.percent(0.00425)).isEqualTo("0.4 %");
    assertThat(Figures.percent(0)).isEqualTo("0 %");
    assertThat(Figures.percent(1)).isEqualTo("100 %");
  }

  @Test
  void givesBytesInUnitsOfMemory() {
    assertThat(Figures.bytes(2336L << 20)).isEqualTo("2336 MiB");
    assertThat(Figures.bytes(64L << 30)).isEqualTo("64.0 GiB");
  }
}
