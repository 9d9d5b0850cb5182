package io.p2pmining.benchmarks.reference;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;

/** What the reference implementation can be asked to use (randomx.h, enum randomx_flags). */
enum ReferenceFlag {
  LARGE_PAGES(1),
  HARD_AES(2),
  FULL_MEM(4),
  JIT(8),
  SECURE(16),
  ARGON2_SSSE3(32),
  ARGON2_AVX2(64);

  private final int bit;

  ReferenceFlag(int bit) {
    this.bit = bit;
  }

  static int bits(Collection<ReferenceFlag> flags) {
    return flags.stream().mapToInt(flag -> flag.bit).sum();
  }

  static Set<ReferenceFlag> of(int bits) {
    Set<ReferenceFlag> flags = EnumSet.noneOf(ReferenceFlag.class);
    for (ReferenceFlag flag : values()) {
      if ((bits & flag.bit) != 0) {
        flags.add(flag);
      }
    }
    return flags;
  }
}
