package io.p2pmining.cli.terminal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Rows under titles, as wide as they need to be and no wider than the terminal: columns that can
 * are cut first, then columns are left out, those of the least interest first. Used by one thread.
 */
public final class Table {

  private static final String GAP = "  ";

  /** A cell is at least so wide that something can be recognised. */
  private static final int SHORTEST_CUT = 8;

  private final List<Column> columns;
  private final List<List<Cell>> rows = new ArrayList<>();

  public Table(List<Column> columns) {
    this.columns = List.copyOf(columns);
  }

  /**
   * A column.
   *
   * @param right whether it is flush right, as numbers are
   * @param cut whether its cells may be cut
   * @param rank its place in the order of interest: that with the highest is left out first, one of
   *     rank 0 never
   */
  public record Column(String title, boolean right, boolean cut, int rank) {

    /** A column of words. */
    public static Column words(String title, int rank) {
      return new Column(title, false, true, rank);
    }

    /** A column of short words that make no sense when they are cut. */
    public static Column label(String title, int rank) {
      return new Column(title, false, false, rank);
    }

    /** A column of numbers. */
    public static Column numbers(String title, int rank) {
      return new Column(title, true, false, rank);
    }
  }

  /** A text and how it is to be taken. */
  public record Cell(String text, Tone tone) {

    public Cell {
      text = Text.clean(text);
    }

    public static Cell of(String text) {
      return new Cell(text, Tone.PLAIN);
    }
  }

  /** Adds a row with a cell for each column. */
  public void row(Cell... cells) {
    if (cells.length != columns.size()) {
      throw new IllegalArgumentException(
          "cells=%d, columns=%d".formatted(cells.length, columns.size()));
    }
    rows.add(List.of(cells));
  }

  /**
   * The lines.
   *
   * @param available how wide a line may be; empty for any width
   */
  public List<String> render(OptionalInt available, Palette palette) {
    List<Integer> shown = new ArrayList<>(IntStream.range(0, columns.size()).boxed().toList());
    int[] widths = IntStream.range(0, columns.size()).map(this::natural).toArray();
    if (available.isPresent()) {
      squeeze(shown, widths, available.getAsInt());
    }
    List<String> lines = new ArrayList<>();
    List<Cell> titles =
        columns.stream().map(column -> new Cell(column.title(), Tone.STRONG)).toList();
    lines.add(line(titles, shown, widths, palette));
    rows.forEach(row -> lines.add(line(row, shown, widths, palette)));
    return lines;
  }

  private int natural(int column) {
    return Math.max(
        Text.width(columns.get(column).title()),
        rows.stream().mapToInt(row -> Text.width(row.get(column).text())).max().orElse(0));
  }

  private void squeeze(List<Integer> shown, int[] widths, int available) {
    int[] least = IntStream.of(widths).map(width -> Math.min(width, SHORTEST_CUT)).toArray();
    while (width(shown, widths) > available) {
      int excess = width(shown, widths) - available;
      int widest =
          shown.stream()
              .filter(column -> columns.get(column).cut() && widths[column] > least[column])
              .max(Comparator.comparingInt(column -> widths[column]))
              .orElse(-1);
      if (widest >= 0) {
        widths[widest] = Math.max(least[widest], widths[widest] - excess);
        continue;
      }
      int dullest =
          shown.stream()
              .filter(column -> columns.get(column).rank() > 0)
              .max(Comparator.comparingInt(column -> columns.get(column).rank()))
              .orElse(-1);
      if (dullest < 0) {
        return;
      }
      shown.remove((Integer) dullest);
    }
  }

  private static int width(List<Integer> shown, int[] widths) {
    return shown.stream().mapToInt(column -> widths[column]).sum()
        + GAP.length() * (shown.size() - 1);
  }

  private String line(List<Cell> cells, List<Integer> shown, int[] widths, Palette palette) {
    StringBuilder line = new StringBuilder();
    for (int place = 0; place < shown.size(); place++) {
      int column = shown.get(place);
      Cell cell = cells.get(column);
      String text = Text.fit(cell.text(), widths[column]);
      String padded = Text.pad(text, widths[column], columns.get(column).right());
      boolean last = place == shown.size() - 1;
      line.append(palette.paint(cell.tone(), last ? padded.stripTrailing() : padded));
      line.append(last ? "" : GAP);
    }
    return line.toString();
  }
}
