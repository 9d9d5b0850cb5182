package io.p2pmining.core.cpu;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;

/**
 * Reads a processor's features from its CPUID leaves (Intel's manual, volume 2, CPUID; AMD's
 * manual, volume 3, appendix E). An extension counts if the system also saves its registers.
 */
final class CpuidFeatures {

  private static final int EXTENDED = 0x8000_0000;
  private static final int BRAND = 0x8000_0002;
  private static final int BRAND_LEAVES = 3;

  /** The SSE and AVX registers are saved: bits 1 and 2 of XCR0. */
  private static final long AVX_STATE = 0x6;

  /** The mask registers and both parts of the 512-bit registers too: bits 5 to 7. */
  private static final long AVX512_STATE = 0xe6;

  private final Cpuid cpuid;
  private final Cpuid.Leaf basic;
  private final Set<CpuFeature> features = EnumSet.of(CpuFeature.SSE2);

  private CpuidFeatures(Cpuid cpuid) {
    this.cpuid = cpuid;
    this.basic = cpuid.leaf(1, 0);
  }

  static CpuFeatures read(Cpuid cpuid) {
    return new CpuidFeatures(cpuid).read();
  }

  private CpuFeatures read() {
    Cpuid.Leaf vendor = cpuid.leaf(0, 0);
    collectFeatures(vendor.eax());
    int signature = basic.eax();
    int family = signature >> 8 & 0xf;
    int model = signature >> 4 & 0xf;
    if (family == 0xf) {
      family += signature >> 20 & 0xff;
    }
    if (family == 6 || family >= 0xf) {
      model += (signature >> 16 & 0xf) << 4;
    }
    return new CpuFeatures(
        text(vendor.ebx(), vendor.edx(), vendor.ecx()),
        brand(),
        family,
        model,
        signature & 0xf,
        bit(basic.ecx(), 31),
        features);
  }

  private void collectFeatures(int highestLeaf) {
    long saved = bit(basic.ecx(), 27) ? cpuid.enabledStates() : 0;
    boolean avx = (saved & AVX_STATE) == AVX_STATE && bit(basic.ecx(), 28);
    Cpuid.Leaf extended = highestLeaf >= 7 ? cpuid.leaf(7, 0) : new Cpuid.Leaf(0, 0, 0, 0);
    add(CpuFeature.AES, bit(basic.ecx(), 25));
    add(CpuFeature.AVX, avx);
    add(CpuFeature.AVX2, avx && bit(extended.ebx(), 5));
    // BMI instructions on general registers, but encoded with the prefix that AVX brought.
    add(CpuFeature.BMI1, avx && bit(extended.ebx(), 3));
    add(CpuFeature.BMI2, avx && bit(extended.ebx(), 8));
    add(CpuFeature.VAES, avx && bit(extended.ecx(), 9));
    if (avx && (saved & AVX512_STATE) == AVX512_STATE && bit(extended.ebx(), 16)) {
      add(CpuFeature.AVX512F, true);
      add(CpuFeature.AVX512DQ, bit(extended.ebx(), 17));
      add(CpuFeature.AVX512IFMA, bit(extended.ebx(), 21));
      add(CpuFeature.AVX512BW, bit(extended.ebx(), 30));
      add(CpuFeature.AVX512VL, bit(extended.ebx(), 31));
    }
  }

  private void add(CpuFeature feature, boolean present) {
    if (present) {
      features.add(feature);
    }
  }

  private String brand() {
    if (Integer.compareUnsigned(cpuid.leaf(EXTENDED, 0).eax(), BRAND + BRAND_LEAVES - 1) < 0) {
      return "";
    }
    StringBuilder brand = new StringBuilder();
    for (int i = 0; i < BRAND_LEAVES; i++) {
      Cpuid.Leaf leaf = cpuid.leaf(BRAND + i, 0);
      brand.append(text(leaf.eax(), leaf.ebx(), leaf.ecx(), leaf.edx()));
    }
    return brand.toString().replace('\0', ' ').strip();
  }

  private static String text(int... registers) {
    ByteBuffer bytes =
        ByteBuffer.allocate(registers.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int register : registers) {
      bytes.putInt(register);
    }
    return new String(bytes.array(), StandardCharsets.ISO_8859_1);
  }

  private static boolean bit(int register, int number) {
    return (register >>> number & 1) != 0;
  }
}
