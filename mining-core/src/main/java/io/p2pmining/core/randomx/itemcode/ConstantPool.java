package io.p2pmining.core.randomx.itemcode;

import io.p2pmining.core.x86.Address;
import io.p2pmining.core.x86.Assembler;
import io.p2pmining.core.x86.Label;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** The constants of a piece of code, behind its instructions. Belongs to one assembler. */
final class ConstantPool {

  /** The alignment that the widest vectors need, in bytes. */
  private static final int ALIGNMENT = 64;

  private final Map<Long, Label> words = new LinkedHashMap<>();
  private final Map<List<Long>, Label> vectors = new LinkedHashMap<>();

  /** Where a word of 64 bits will be. */
  Address of(long constant) {
    return Address.of(words.computeIfAbsent(constant, unknown -> new Label()));
  }

  /**
   * Where the words {@code first}, {@code first + 1} and so on will be, aligned to their length.
   */
  Address counting(long first, int count) {
    List<Long> vector = LongStream.range(first, first + count).boxed().toList();
    return Address.of(vectors.computeIfAbsent(vector, unknown -> new Label()));
  }

  /** How many bytes {@link #emit} writes at most. */
  int maxBytes() {
    return 2 * ALIGNMENT * vectors.size() + Long.BYTES * (1 + words.size());
  }

  /** Writes all constants that were asked for. */
  void emit(Assembler asm) {
    vectors.forEach(
        (vector, label) -> {
          asm.align(vector.size() * Long.BYTES);
          asm.bind(label);
          vector.forEach(asm::data64);
        });
    asm.align(Long.BYTES);
    words.forEach(
        (constant, label) -> {
          asm.bind(label);
          asm.data64(constant);
        });
  }
}
