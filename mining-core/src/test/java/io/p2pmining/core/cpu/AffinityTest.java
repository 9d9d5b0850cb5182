package io.p2pmining.core.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AffinityTest {

  private static final MiningPlan PLAN =
      new MiningPlan(
          List.of(
              new MiningPlan.Place(4, 0), new MiningPlan.Place(0, 0), new MiningPlan.Place(1, 0)),
          2);

  @Test
  void takesTheBestPlacesOfThePlan() {
    assertThat(Affinity.parse("auto").cpus(2, PLAN)).containsExactly(4, 0);
    assertThat(Affinity.parse("auto").cpus(3, PLAN)).containsExactly(4, 0, 1);
  }

  @Test
  void bindsNoneWhereThreadsOutnumberThePlaces() {
    assertThat(Affinity.AUTO.cpus(4, PLAN)).isEmpty();
  }

  @Test
  void bindsNoneWhenOff() {
    assertThat(Affinity.parse("off").cpus(2, PLAN)).isEmpty();
  }

  @Test
  void goesThroughAListInTurn() {
    assertThat(Affinity.parse("7,2-3").cpus(5, PLAN)).containsExactly(2, 3, 7, 2, 3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "on", "1,", "-1", "1--2", "3-1", "0-99999", "99999999999", "1;2"})
  void refusesWhatIsNoList(String text) {
    assertThatThrownBy(() -> Affinity.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("such as 0-3,8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "off", "0-3,8"})
  void isWrittenAsItIsRead(String text) {
    assertThat(Affinity.parse(text)).hasToString(text);
  }
}
