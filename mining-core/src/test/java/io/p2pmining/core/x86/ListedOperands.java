package io.p2pmining.core.x86;

import io.p2pmining.core.x86.VectorRegister.Width;
import java.util.List;

/**
 * Operands that go through the cases of the encodings: row by row registers that are low, high and
 * of special meaning, and then places in memory.
 */
final class ListedOperands implements Operands {

  /** A place in memory whose displacement counts in operands, plus single bytes. */
  private record Place(Gpr base, Gpr index, int scale, int operands, int bytes) {

    Address address(int size) {
      int displacement = operands * size + bytes;
      return index == NO_INDEX
          ? Address.at(base, displacement)
          : Address.at(base, index, scale, displacement);
    }
  }

  /** RSP cannot be an index. */
  private static final Gpr NO_INDEX = Gpr.RSP;

  static final int REGISTER_ROWS = 3;

  /** A row of high registers, and of displacements that one byte says if it counts operands. */
  static final int EVEX_MEMORY_ROW = 4;

  /** RAX is not among them: exchanges with it have a form that the assembler leaves out. */
  private static final List<List<Gpr>> GPRS =
      List.of(
          List.of(Gpr.RCX, Gpr.RDX, Gpr.RBX),
          List.of(Gpr.R9, Gpr.R14, Gpr.R8),
          List.of(Gpr.RSP, Gpr.R12, Gpr.RBP),
          List.of(Gpr.RSI, Gpr.RDI, Gpr.RBX),
          List.of(Gpr.R13, Gpr.R15, Gpr.R11));

  private static final List<List<Integer>> VECTORS =
      List.of(
          List.of(0, 3, 6),
          List.of(9, 15, 12),
          List.of(17, 31, 24),
          List.of(2, 11, 5),
          List.of(29, 18, 22));

  private static final List<Place> PLACES =
      List.of(
          at(Gpr.RAX, 0, 0),
          at(Gpr.RSP, 0, 0),
          at(Gpr.RBP, 0, 0),
          at(Gpr.R8, 0, 0),
          at(Gpr.R12, 0, 0),
          at(Gpr.R13, 0, 0),
          at(Gpr.RAX, 1, 0),
          at(Gpr.RSP, 1, 0),
          at(Gpr.RBP, -1, 0),
          at(Gpr.R12, 127, 0),
          at(Gpr.R13, -128, 0),
          at(Gpr.RCX, 128, 0),
          at(Gpr.R8, -129, 0),
          at(Gpr.RSP, 1, 1),
          at(Gpr.R9, 0, -1),
          at(Gpr.RBP, 0, Integer.MAX_VALUE),
          at(Gpr.RAX, 0, Integer.MIN_VALUE),
          at(Gpr.RAX, Gpr.RCX, 1, 0, 0),
          at(Gpr.RSP, Gpr.RBP, 2, 0, 0),
          at(Gpr.RBP, Gpr.RAX, 4, 0, 0),
          at(Gpr.R13, Gpr.R12, 8, 0, 0),
          at(Gpr.R12, Gpr.R13, 1, 1, 0),
          at(Gpr.RSP, Gpr.R8, 8, -128, 0),
          at(Gpr.R13, Gpr.RBP, 1, 127, 0),
          at(Gpr.RAX, Gpr.R15, 4, 0, 0x12345678),
          at(Gpr.RBP, Gpr.R12, 2, 0, 1));

  private static final List<Integer> DISTANCES = List.of(0, 0x10, -0x20);

  /** The places whose displacement is some operands, at most 128 of them. */
  private static final int FIRST_SCALED_PLACE = 6;

  private static final int SCALED_PLACES = 5;

  /** Every place in memory, relative ones among them. */
  static final int PLACE_COUNT = PLACES.size() + DISTANCES.size();

  private static final List<Integer> IMMEDIATES_32 =
      List.of(0x7f, -0x80, 0x80, -0x81, 0x12345678, Integer.MIN_VALUE, Integer.MAX_VALUE, 0, -1);
  private static final List<Long> IMMEDIATES_64 =
      List.of(
          0L,
          0x7fff_ffffL,
          0x8000_0000L,
          0xffff_ffffL,
          -1L,
          (long) Integer.MIN_VALUE,
          Integer.MIN_VALUE - 1L,
          0x1_0000_0000L,
          0x1122_3344_5566_7788L);

  /** Chosen so that no rotation is by one, for which GNU as has a form of its own. */
  private static final List<Integer> IMMEDIATES_8 = List.of(0x4e, 0x8d, 0xff, 0x02, 0x33);

  static final int IMMEDIATE_COUNT = IMMEDIATES_64.size();

  private final int row;
  private final int place;
  private int gprs;
  private int vectors;

  /**
   * The operands of a row.
   *
   * @param row from {@link #REGISTER_ROWS} on, operands that can be are in memory
   * @param place which of the places in memory, cyclic
   */
  ListedOperands(int row, int place) {
    this.row = row;
    this.place = place % PLACE_COUNT;
  }

  /** The operands of a row, in memory as fits the row. */
  static ListedOperands of(int row, int turn) {
    return row == EVEX_MEMORY_ROW
        ? new ListedOperands(row, FIRST_SCALED_PLACE + turn % SCALED_PLACES)
        : new ListedOperands(row, turn);
  }

  private static Place at(Gpr base, int operands, int bytes) {
    return new Place(base, NO_INDEX, 1, operands, bytes);
  }

  private static Place at(Gpr base, Gpr index, int scale, int operands, int bytes) {
    return new Place(base, index, scale, operands, bytes);
  }

  @Override
  public Gpr gpr() {
    return GPRS.get(row % GPRS.size()).get(gprs++);
  }

  @Override
  public VectorRegister vector(Width width, int count) {
    return new VectorRegister(VECTORS.get(row % VECTORS.size()).get(vectors++) % count, width);
  }

  @Override
  public boolean inMemory() {
    return row >= REGISTER_ROWS;
  }

  @Override
  public Address address(int bytes) {
    return place < PLACES.size()
        ? PLACES.get(place).address(bytes)
        : Address.of(new Label()).plus(DISTANCES.get(place - PLACES.size()));
  }

  @Override
  public int immediate8() {
    return IMMEDIATES_8.get(row % IMMEDIATES_8.size());
  }

  @Override
  public int immediate32() {
    return IMMEDIATES_32.get(row % IMMEDIATES_32.size());
  }

  @Override
  public long immediate64() {
    return IMMEDIATES_64.get(row % IMMEDIATES_64.size());
  }
}
