package io.p2pmining.core.randomx.itemcode;

import io.p2pmining.core.randomx.CacheParameters;
import io.p2pmining.core.randomx.superscalar.SuperscalarProgram;
import io.p2pmining.core.x86.Address;
import io.p2pmining.core.x86.Assembler;
import io.p2pmining.core.x86.Gpr;

/**
 * Where scalar items are kept between rounds. A place, which begins at a cache line:
 *
 * <pre>
 *   0    r0 to r7
 *   64   the address of the cache line of this round
 *   72   the item's number, in places of announced items
 * </pre>
 */
sealed interface ScalarPlaces {

  /** The length of a place in bytes. */
  int BYTES = 2 * CacheParameters.ITEM_BYTES;

  int LINE = SuperscalarProgram.REGISTER_COUNT * Long.BYTES;
  int NUMBER = LINE + Long.BYTES;

  /** Somewhere in an item's place. */
  Address of(int item, int offset);

  /** Where r0 of the finished item goes; the others follow. */
  Address result(int item);

  /** Gives a register an item's number. */
  void emitNumber(Assembler asm, Gpr dst, int item);

  /** Consecutive items, a part of a batch. */
  record OfBatch(Placement placement) implements ScalarPlaces {

    @Override
    public Address of(int item, int offset) {
      return placement.frame(item * BYTES + offset);
    }

    @Override
    public Address result(int item) {
      return placement.target(item);
    }

    @Override
    public void emitNumber(Assembler asm, Gpr dst, int item) {
      asm.lea(dst, Address.at(BatchRegisters.ITEM, placement.firstItem() + item));
    }
  }

  /**
   * Items whose numbers are in their places, and which stay there when they are finished.
   *
   * @param base the register that holds the address of the first place
   */
  record Announced(Gpr base) implements ScalarPlaces {

    @Override
    public Address of(int item, int offset) {
      return Address.at(base, item * BYTES + offset);
    }

    @Override
    public Address result(int item) {
      return of(item, 0);
    }

    @Override
    public void emitNumber(Assembler asm, Gpr dst, int item) {
      asm.mov(dst, of(item, NUMBER));
    }
  }
}
