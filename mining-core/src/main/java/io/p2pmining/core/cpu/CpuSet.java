package io.p2pmining.core.cpu;

import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/** Numbers of logical processors as Linux counts them, in ascending order. Never changes. */
public final class CpuSet {

  /** No processors. */
  public static final CpuSet NONE = new CpuSet(new BitSet());

  private final BitSet bits;

  private CpuSet(BitSet bits) {
    this.bits = bits;
  }

  /** A set of the given processors. */
  public static CpuSet of(int... cpus) {
    BitSet bits = new BitSet();
    for (int cpu : cpus) {
      bits.set(cpu);
    }
    return new CpuSet(bits);
  }

  /** A set of the given processors. */
  public static CpuSet of(List<Integer> cpus) {
    return of(cpus.stream().mapToInt(Integer::intValue).toArray());
  }

  /** The processors from 0 to below a number. */
  public static CpuSet first(int count) {
    return of(IntStream.range(0, count).toArray());
  }

  /**
   * Reads a list as Linux writes it.
   *
   * @param list numbers and ranges, such as {@code 0-3,8,10-11}; may be empty
   * @throws IllegalArgumentException if it is something else
   */
  public static CpuSet parse(String list) {
    BitSet bits = new BitSet();
    String text = list.strip();
    try {
      for (String range : text.isEmpty() ? new String[0] : text.split(",", -1)) {
        int dash = range.indexOf('-');
        int first = Integer.parseInt(dash < 0 ? range : range.substring(0, dash));
        int last = dash < 0 ? first : Integer.parseInt(range.substring(dash + 1));
        bits.set(first, last + 1);
      }
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      throw new IllegalArgumentException("list of processors=" + text, e);
    }
    return new CpuSet(bits);
  }

  /** Reads a mask as system calls take it: bit n of byte m is processor 8 m + n. */
  static CpuSet ofMask(byte[] mask) {
    return new CpuSet(BitSet.valueOf(mask));
  }

  /** The mask as system calls take it, no longer than needed. */
  byte[] toMask() {
    return bits.toByteArray();
  }

  /** How many processors. */
  public int size() {
    return bits.cardinality();
  }

  /** Whether there are none. */
  public boolean isEmpty() {
    return bits.isEmpty();
  }

  /** Whether a processor is among them. */
  public boolean contains(int cpu) {
    return cpu >= 0 && bits.get(cpu);
  }

  /** Those that are in both. */
  public CpuSet and(CpuSet other) {
    BitSet both = (BitSet) bits.clone();
    both.and(other.bits);
    return new CpuSet(both);
  }

  /** The processors in ascending order. */
  public List<Integer> toList() {
    return bits.stream().boxed().toList();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CpuSet set && set.bits.equals(bits);
  }

  @Override
  public int hashCode() {
    return bits.hashCode();
  }

  /** The list as Linux writes it, such as {@code 0-3,8}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int first = bits.nextSetBit(0); first >= 0; ) {
      int end = bits.nextClearBit(first);
      text.append(text.isEmpty() ? "" : ",").append(first);
      if (end - first > 1) {
        text.append('-').append(end - 1);
      }
      first = bits.nextSetBit(end);
    }
    return text.toString();
  }
}
