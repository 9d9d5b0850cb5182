package io.p2pmining.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class TextTest {

  @Test
  void replacesWhatATerminalWouldTakeForACommand() {
    assertThat(Text.clean("rig\u001b[2J\r\n\u009b1m\u202e1")).isEqualTo("rig?[2J???1m?1");
    assertThat(Text.clean("Grüße 矿工 é")).isEqualTo("Grüße 矿工 é");
  }

  @Test
  void countsColumnsAndNotCharacters() {
    assertThat(Text.width("rig-1")).isEqualTo(5);
    assertThat(Text.width("矿工")).isEqualTo(4);
    assertThat(Text.width("e\u0301")).isEqualTo(1);
    assertThat(Text.width("\ud83d\ude80")).isEqualTo(2);
  }

  @Test
  void cutsToFitAndShowsIt() {
    assertThat(Text.fit("rig-1", 5)).isEqualTo("rig-1");
    assertThat(Text.fit("rig-10", 5)).isEqualTo("rig-…");
    assertThat(Text.fit("矿工矿工", 4)).isEqualTo("矿…");
    assertThat(Text.fit("rig", 0)).isEmpty();
  }

  @Test
  void wrapsBetweenWordsAndIndentsWhatFollows() {
    assertThat(Text.wrap("one two three four", OptionalInt.of(9)))
        .containsExactly("one two", "  three", "  four");
    assertThat(Text.wrap("incomprehensible", OptionalInt.of(6))).containsExactly("incom…");
    assertThat(Text.wrap("one two", OptionalInt.empty())).containsExactly("one two");
  }
}
