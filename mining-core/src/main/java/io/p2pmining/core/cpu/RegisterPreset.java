package io.p2pmining.core.cpu;

import java.util.List;
import java.util.Optional;

/**
 * Values of model-specific registers that turn prefetchers off. RandomX reads memory at random, so
 * what they fetch is never used and takes bandwidth. The values are those that miners have used on
 * these designs for years; vendors document few of the bits.
 *
 * @param name the design
 * @param registers what to set
 */
record RegisterPreset(String name, List<Register> registers) {

  /**
   * One register.
   *
   * @param number its number
   * @param value what to set
   * @param mask the bits to set; the others stay as they are
   */
  record Register(int number, long value, long mask) {

    Register(int number, long value) {
      this(number, value, -1L);
    }

    /** The value to write where another one is now. */
    long over(long present) {
      return present & ~mask | value & mask;
    }
  }

  /** Bit 5 of the AMD register disables the cache of decoded instructions: leave it alone. */
  private static final long ALL_BUT_DECODED = ~0x20L;

  private static final RegisterPreset ZEN = amd("Zen to Zen 2", 0, 0x40, 0x1510000, 0x2000cc16);
  private static final RegisterPreset ZEN_3 =
      amd("Zen 3", 0x4480000000000L, 0x1c000200000040L, 0xc000000401570000L, 0x2000cc10);
  private static final RegisterPreset ZEN_4 =
      amd("Zen 4 and 5", 0x4400000000000L, 0x4000000000040L, 0x8680000401570000L, 0x2040cc10);
  private static final RegisterPreset INTEL =
      new RegisterPreset("Intel", List.of(new Register(0x1a4, 0xf)));

  private static RegisterPreset amd(
      String name, long loadStore, long instructions, long data, long combined) {
    return new RegisterPreset(
        name,
        List.of(
            new Register(0xc001_1020, loadStore),
            new Register(0xc001_1021, instructions, ALL_BUT_DECODED),
            new Register(0xc001_1022, data),
            new Register(0xc001_102b, combined)));
  }

  /** The values for a processor; empty if none are known. */
  static Optional<RegisterPreset> of(CpuFeatures processor) {
    return switch (processor.vendor()) {
      case "AuthenticAMD" ->
          switch (processor.family()) {
            case 0x17 -> Optional.of(ZEN);
            case 0x19 -> Optional.of(isZen4(processor.model()) ? ZEN_4 : ZEN_3);
            case 0x1a -> Optional.of(ZEN_4);
            default -> Optional.empty();
          };
      case "HygonGenuine" -> processor.family() == 0x18 ? Optional.of(ZEN) : Optional.empty();
      // The register came with Nehalem, model 0x1a; family 6 is all that followed.
      case "GenuineIntel" ->
          processor.family() == 6 && processor.model() >= 0x1a
              ? Optional.of(INTEL)
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  /** Within family 0x19: Genoa 0x10, Raphael 0x60, Phoenix 0x70, Bergamo 0xa0, each with 16. */
  private static boolean isZen4(int model) {
    return switch (model >> 4) {
      case 0x1, 0x6, 0x7, 0xa -> true;
      default -> false;
    };
  }
}
