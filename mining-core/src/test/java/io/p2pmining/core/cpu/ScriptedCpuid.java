package io.p2pmining.core.cpu;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** A processor that gives the answers it is told. */
final class ScriptedCpuid implements Cpuid {

  private record Key(int number, int subleaf) {}

  private final Map<Key, Leaf> leaves = new HashMap<>();
  private long enabledStates;
  private boolean statesOffered;

  ScriptedCpuid vendor(String vendor, int highestLeaf) {
    ByteBuffer text = ByteBuffer.wrap(vendor.getBytes(StandardCharsets.US_ASCII));
    text.order(ByteOrder.LITTLE_ENDIAN);
    return leaf(0, 0, highestLeaf, text.getInt(0), text.getInt(8), text.getInt(4));
  }

  /** Three leaves of sixteen characters each. */
  ScriptedCpuid brand(String brand) {
    byte[] bytes = java.util.Arrays.copyOf(brand.getBytes(StandardCharsets.US_ASCII), 48);
    ByteBuffer text = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < 3; i++) {
      leaf(0x8000_0002 + i, 0, text.getInt(), text.getInt(), text.getInt(), text.getInt());
    }
    return this;
  }

  ScriptedCpuid leaf(int number, int subleaf, int eax, int ebx, int ecx, int edx) {
    leaves.put(new Key(number, subleaf), new Leaf(eax, ebx, ecx, edx));
    return this;
  }

  ScriptedCpuid enabledStates(long states) {
    enabledStates = states;
    statesOffered = true;
    return this;
  }

  static int bits(int... numbers) {
    int bits = 0;
    for (int number : numbers) {
      bits |= 1 << number;
    }
    return bits;
  }

  @Override
  public Leaf leaf(int number, int subleaf) {
    return leaves.getOrDefault(new Key(number, subleaf), new Leaf(0, 0, 0, 0));
  }

  @Override
  public long enabledStates() {
    if (!statesOffered) {
      throw new AssertionError("XGETBV faults on this processor");
    }
    return enabledStates;
  }
}
