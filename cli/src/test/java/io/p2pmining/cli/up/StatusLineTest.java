package io.p2pmining.cli.up;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StatusLineTest {

  @Test
  void showsRatesSharesBlocksPeersAndSource() {
    ClusterStatus status =
        new ClusterStatus(41.26, 39.9, 12, 0, 3, 2, "height 120 from 127.0.0.1:18081");

    assertThat(StatusLine.render(status))
        .isEqualTo(
            "41.3 H/s (1 min 39.9 H/s) | shares 12 | blocks 3 | 2 peers"
                + " | height 120 from 127.0.0.1:18081");
  }

  @Test
  void showsRejectedSharesOnlyIfThereAreAny() {
    assertThat(StatusLine.render(new ClusterStatus(0, 0, 5, 1, 0, 1, "")))
        .isEqualTo("0.0 H/s (1 min 0.0 H/s) | shares 5 (1 rejected) | blocks 0 | 1 peer");
  }

  @Test
  void choosesAUnitForTheRate() {
    assertThat(StatusLine.render(new ClusterStatus(9999, 12_345, 0, 0, 0, 0, "")))
        .startsWith("9999 H/s (1 min 12.3 kH/s)");
    assertThat(StatusLine.render(new ClusterStatus(123_456_789, 1e15, 0, 0, 0, 0, "")))
        .startsWith("123 MH/s (1 min 1000000 GH/s)");
  }
}
