package io.p2pmining.core.crypto.compiled;

import static io.p2pmining.core.x86.Gpr.R10;
import static io.p2pmining.core.x86.Gpr.R11;
import static io.p2pmining.core.x86.Gpr.R8;
import static io.p2pmining.core.x86.Gpr.R9;
import static io.p2pmining.core.x86.Gpr.RAX;
import static io.p2pmining.core.x86.Gpr.RBP;
import static io.p2pmining.core.x86.Gpr.RCX;
import static io.p2pmining.core.x86.Gpr.RDX;

import io.p2pmining.core.x86.Address;
import io.p2pmining.core.x86.Assembler;
import io.p2pmining.core.x86.Gpr;
import io.p2pmining.core.x86.Label;

/**
 * A round of AES by table look-ups, without its key:
 *
 * <pre>
 * RAX, RCX     the low and the high word of the block; lost
 * RDX, R9, R11 lost
 * R8, R10      the low and the high word of the new block
 * RBP          the tables
 * </pre>
 *
 * <p>A table has eight bytes for each value of a byte: its column twice, so that a column rotated
 * by whole bytes is read by starting further on. The tables of both directions take 4 KiB.
 */
final class SoftwareRound {

  static final Gpr LOW = RAX;
  static final Gpr HIGH = RCX;
  static final Gpr NEW_LOW = R8;
  static final Gpr NEW_HIGH = R10;
  static final Gpr TABLES = RBP;

  private static final Gpr VALUE = RDX;
  private static final Gpr[] COLUMNS = {NEW_LOW, R9, NEW_HIGH, R11};
  private static final int VALUES = 256;
  private static final int ROWS = 4;

  private final Assembler asm;
  private final Label tables = new Label();
  private int started;

  SoftwareRound(Assembler asm) {
    this.asm = asm;
  }

  /** Sets {@link #TABLES}. */
  void loadTables() {
    asm.lea(TABLES, Address.of(tables));
  }

  /** Writes the tables, where execution does not come by. */
  void emitTables() {
    asm.bind(tables);
    for (AesDirection direction : AesDirection.values()) {
      for (int value = 0; value < VALUES; value++) {
        asm.data32(direction.column(value));
        asm.data32(direction.column(value));
      }
    }
  }

  /** Writes a round. */
  void emit(AesDirection direction) {
    started = 0;
    for (int column = 0; column < COLUMNS.length; column++) {
      Gpr word = column < 2 ? LOW : HIGH;
      for (int row = 0; row < ROWS; row += 2) {
        asm.movzx8(VALUE, word);
        lookUp(direction, column, row);
        asm.movzxHigh8(VALUE, word);
        lookUp(direction, column, row + 1);
        if (column % 2 == 0 || row == 0) {
          asm.shr(word, 16);
        }
      }
    }
    join(NEW_LOW, R9);
    join(NEW_HIGH, R11);
  }

  private void lookUp(AesDirection direction, int column, int row) {
    int target = direction.target(column, row);
    int displacement = direction.ordinal() * VALUES * Long.BYTES + (-row & 3);
    Address entry = Address.at(TABLES, VALUE, Long.BYTES, displacement);
    if ((started & 1 << target) == 0) {
      asm.mov32(COLUMNS[target], entry);
      started |= 1 << target;
    } else {
      asm.xor32(COLUMNS[target], entry);
    }
  }

  private void join(Gpr low, Gpr high) {
    asm.shl(high, Integer.SIZE);
    asm.add(low, high);
  }
}
