package io.p2pmining.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.p2pmining.cli.terminal.Table.Cell;
import io.p2pmining.cli.terminal.Table.Column;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TableTest {

  private static Table peers() {
    Table table =
        new Table(
            List.of(
                Column.words("NAME", 0),
                Column.numbers("RATE", 0),
                Column.label("MODE", 2),
                Column.label("SEEN", 1)));
    table.row(
        Cell.of("a-machine-of-long-name"),
        Cell.of("18.2 kH/s"),
        Cell.of("full"),
        Cell.of("3 s ago"));
    table.row(new Cell("b", Tone.BAD), Cell.of("40.0 H/s"), Cell.of("light"), Cell.of("now"));
    return table;
  }

  @Test
  void isAsWideAsItNeedsToBe() {
    assertThat(peers().render(OptionalInt.empty(), Palette.NONE))
        .containsExactly(
            "NAME                         RATE  MODE   SEEN",
            "a-machine-of-long-name  18.2 kH/s  full   3 s ago",
            "b                        40.0 H/s  light  now");
  }

  @Test
  void cutsWordsBeforeItLeavesColumnsOut() {
    assertThat(peers().render(OptionalInt.of(40), Palette.NONE))
        .containsExactly(
            "NAME                RATE  MODE   SEEN",
            "a-machine-of…  18.2 kH/s  full   3 s ago",
            "b               40.0 H/s  light  now");
  }

  @Test
  void leavesTheDullestColumnsOutFirst() {
    assertThat(peers().render(OptionalInt.of(30), Palette.NONE))
        .containsExactly(
            "NAME           RATE  SEEN",
            "a-machi…  18.2 kH/s  3 s ago",
            "b          40.0 H/s  now");
    assertThat(peers().render(OptionalInt.of(20), Palette.NONE))
        .containsExactly("NAME           RATE", "a-machi…  18.2 kH/s", "b          40.0 H/s");
  }

  @Test
  void isNeverWiderThanTheTerminal() {
    IntStream.range(19, 60)
        .forEach(
            columns ->
                assertThat(peers().render(OptionalInt.of(columns), Palette.NONE))
                    .allMatch(line -> Text.width(line) <= columns));
  }

  @Test
  void coloursCellsWithoutMovingTheOthers() {
    List<String> lines = peers().render(OptionalInt.empty(), new Palette(true));

    assertThat(lines.getFirst()).startsWith("\u001b[1mNAME ");
    assertThat(lines.getLast()).startsWith("\u001b[31mb                     \u001b[0m  ");
  }

  @Test
  void wantsACellForEachColumn() {
    assertThatThrownBy(() -> peers().row(Cell.of("a")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("cells=1, columns=4");
  }
}
