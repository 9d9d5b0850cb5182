package io.p2pmining.core.randomx.vm;

import io.p2pmining.core.crypto.AesRound;
import io.p2pmining.core.crypto.LittleEndian;
import io.p2pmining.core.randomx.DatasetItems;
import io.p2pmining.core.randomx.RandomXParameters;
import io.p2pmining.core.randomx.RandomXVersion;
import io.p2pmining.core.randomx.interpreter.ExactRounding;
import io.p2pmining.core.randomx.program.Opcode;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * The machine as the specification reads, chapters 4 and 5, written a second time without any eye
 * on speed: decodes each instruction whenever it comes by, looks back for jump targets and rounds
 * exact numbers. What the machines of the product are compared with, programs of any kind included.
 */
final class SpecificationVm {

  private static final long BASE_ITEMS = 2_147_483_648L / 64;
  private static final long OFFSETS = 33_554_368L / 64 + 1;

  private final RandomXParameters parameters;
  private final DatasetItems dataset;
  private final byte[] scratchpad;
  private final long[] r = new long[8];
  private final double[][] f = new double[4][2];
  private final double[][] e = new double[4][2];
  private final double[][] a = new double[4][2];
  private final long[][] mixed = new long[4][2];
  private final long[] eBits = new long[2];
  private int fprc;
  private long[] program = {};

  SpecificationVm(RandomXParameters parameters, DatasetItems dataset, byte[] scratchpad) {
    this.parameters = parameters;
    this.dataset = dataset;
    this.scratchpad = scratchpad;
  }

  byte[] scratchpad() {
    return scratchpad;
  }

  int roundingMode() {
    return fprc;
  }

  byte[] registerFile() {
    byte[] file = new byte[256];
    for (int i = 0; i < 8; i++) {
      LittleEndian.putLong(file, 8 * i, r[i]);
    }
    for (int i = 0; i < 4; i++) {
      for (int half = 0; half < 2; half++) {
        int at = 16 * i + 8 * half;
        LittleEndian.putLong(file, 64 + at, mixed[i][half]);
        LittleEndian.putLong(file, 128 + at, Double.doubleToRawLongBits(e[i][half]));
        LittleEndian.putLong(file, 192 + at, Double.doubleToRawLongBits(a[i][half]));
      }
    }
    return file;
  }

  void execute(long[] buffer) {
    program = Arrays.copyOfRange(buffer, 16, buffer.length);
    Arrays.fill(r, 0);
    for (int i = 0; i < 8; i++) {
      double fraction = 1 + (buffer[i] & 0xf_ffff_ffff_ffffL) * 0x1p-52;
      a[i / 2][i % 2] = Math.scalb(fraction, (int) (buffer[i] >>> 59));
    }
    for (int half = 0; half < 2; half++) {
      long word = buffer[14 + half];
      // The exponent is 011, the four bits of the mask, and four bits that stay.
      eBits[half] = (0b011L << 8 | (word >>> 60) << 4) << 52 | word & 0x3f_ffff;
    }
    int[] readRegister = new int[4];
    for (int i = 0; i < 4; i++) {
      readRegister[i] = 2 * i + (int) (buffer[12] >>> i & 1);
    }
    long datasetOffset = Long.remainderUnsigned(buffer[13], OFFSETS);
    int ma = (int) buffer[8];
    int mx = (int) buffer[10];
    int spAddr0 = mx;
    int spAddr1 = ma;
    for (int ic = parameters.programIterations(); ic > 0; ic--) {
      long mix = r[readRegister[0]] ^ r[readRegister[1]];
      spAddr0 ^= (int) mix;
      spAddr1 ^= (int) (mix >>> 32);
      int line0 = spAddr0 & parameters.scratchpad().l3Bytes() - 64;
      int line1 = spAddr1 & parameters.scratchpad().l3Bytes() - 64;
      loadRegisters(line0, line1);
      for (int pc = 0; pc < program.length; ) {
        pc = step(pc);
      }
      int mt = ma;
      int change = (int) r[readRegister[2]] ^ (int) r[readRegister[3]];
      if (parameters.version() == RandomXVersion.V2) {
        ma ^= change;
      } else {
        mx ^= change;
      }
      long item = datasetOffset + Integer.toUnsignedLong(mt) / 64 % BASE_ITEMS;
      dataset.xorInto((int) item, r);
      int swapped = ma;
      ma = mx;
      mx = swapped;
      storeRegisters(line0, line1);
      spAddr0 = 0;
      spAddr1 = 0;
    }
  }

  private void loadRegisters(int line0, int line1) {
    for (int i = 0; i < 8; i++) {
      r[i] ^= LittleEndian.getLong(scratchpad, line0 + 8 * i);
    }
    for (int i = 0; i < 4; i++) {
      for (int half = 0; half < 2; half++) {
        f[i][half] = LittleEndian.getInt(scratchpad, line1 + 8 * i + 4 * half);
        e[i][half] = toGroupE(LittleEndian.getInt(scratchpad, line1 + 32 + 8 * i + 4 * half), half);
      }
    }
  }

  private void storeRegisters(int line0, int line1) {
    for (int i = 0; i < 8; i++) {
      LittleEndian.putLong(scratchpad, line1 + 8 * i, r[i]);
    }
    for (int i = 0; i < 4; i++) {
      long low = Double.doubleToRawLongBits(f[i][0]);
      long high = Double.doubleToRawLongBits(f[i][1]);
      if (parameters.version() == RandomXVersion.V1) {
        mixed[i][0] = low ^ Double.doubleToRawLongBits(e[i][0]);
        mixed[i][1] = high ^ Double.doubleToRawLongBits(e[i][1]);
      } else {
        for (double[] key : e) {
          boolean encrypt = i % 2 == 0;
          long newLow = encrypt ? AesRound.encrypt(low, high) : AesRound.decrypt(low, high);
          long newHigh = encrypt ? AesRound.encrypt(high, low) : AesRound.decrypt(high, low);
          low = newLow ^ Double.doubleToRawLongBits(key[0]);
          high = newHigh ^ Double.doubleToRawLongBits(key[1]);
        }
        mixed[i][0] = low;
        mixed[i][1] = high;
      }
    }
    for (int i = 0; i < 4; i++) {
      LittleEndian.putLong(scratchpad, line0 + 16 * i, mixed[i][0]);
      LittleEndian.putLong(scratchpad, line0 + 16 * i + 8, mixed[i][1]);
    }
  }

  private double toGroupE(int value, int half) {
    long bits = Double.doubleToRawLongBits(value) & 0x00ff_ffff_ffff_ffffL;
    return Double.longBitsToDouble(bits | eBits[half]);
  }

  private Opcode opcode(int pc) {
    return parameters.frequencies().opcode((int) program[pc] & 0xff);
  }

  private int dst(int pc) {
    return (int) (program[pc] >>> 8) & 7;
  }

  private int src(int pc) {
    return (int) (program[pc] >>> 16) & 7;
  }

  private int mod(int pc) {
    return (int) (program[pc] >>> 24) & 0xff;
  }

  private int imm32(int pc) {
    return (int) (program[pc] >>> 32);
  }

  /** Executes one instruction and says which is next. */
  private int step(int pc) {
    int dst = dst(pc);
    int src = src(pc);
    boolean same = src == dst;
    long imm = imm32(pc);
    switch (opcode(pc)) {
      case IADD_RS -> r[dst] += (r[src] << (mod(pc) >> 2 & 3)) + (dst == 5 ? imm : 0);
      case IADD_M -> r[dst] += LittleEndian.getLong(scratchpad, readAddress(pc, same));
      case ISUB_R -> r[dst] -= same ? imm : r[src];
      case ISUB_M -> r[dst] -= LittleEndian.getLong(scratchpad, readAddress(pc, same));
      case IMUL_R -> r[dst] *= same ? imm : r[src];
      case IMUL_M -> r[dst] *= LittleEndian.getLong(scratchpad, readAddress(pc, same));
      case IMULH_R ->
          r[dst] = unsigned(r[dst]).multiply(unsigned(r[src])).shiftRight(64).longValue();
      case IMULH_M -> {
        long memory = LittleEndian.getLong(scratchpad, readAddress(pc, same));
        r[dst] = unsigned(r[dst]).multiply(unsigned(memory)).shiftRight(64).longValue();
      }
      case ISMULH_R -> r[dst] = signed(r[dst]).multiply(signed(r[src])).shiftRight(64).longValue();
      case ISMULH_M -> {
        long memory = LittleEndian.getLong(scratchpad, readAddress(pc, same));
        r[dst] = signed(r[dst]).multiply(signed(memory)).shiftRight(64).longValue();
      }
      case IMUL_RCP -> r[dst] *= hasReciprocal(pc) ? reciprocal(imm & 0xffff_ffffL) : 1;
      case INEG_R -> r[dst] = -r[dst];
      case IXOR_R -> r[dst] ^= same ? imm : r[src];
      case IXOR_M -> r[dst] ^= LittleEndian.getLong(scratchpad, readAddress(pc, same));
      case IROR_R -> r[dst] = Long.rotateRight(r[dst], (int) ((same ? imm : r[src]) & 63));
      case IROL_R -> r[dst] = Long.rotateLeft(r[dst], (int) ((same ? imm : r[src]) & 63));
      case ISWAP_R -> {
        long swapped = r[src];
        r[src] = r[dst];
        r[dst] = swapped;
      }
      case FSWAP_R -> {
        double[] register = dst < 4 ? f[dst] : e[dst - 4];
        double swapped = register[0];
        register[0] = register[1];
        register[1] = swapped;
      }
      case FADD_R -> {
        for (int half = 0; half < 2; half++) {
          f[dst % 4][half] = ExactRounding.add(f[dst % 4][half], a[src % 4][half], fprc);
        }
      }
      case FADD_M -> {
        for (int half = 0; half < 2; half++) {
          f[dst % 4][half] = ExactRounding.add(f[dst % 4][half], integer(pc, half), fprc);
        }
      }
      case FSUB_R -> {
        for (int half = 0; half < 2; half++) {
          f[dst % 4][half] = ExactRounding.add(f[dst % 4][half], -a[src % 4][half], fprc);
        }
      }
      case FSUB_M -> {
        for (int half = 0; half < 2; half++) {
          f[dst % 4][half] = ExactRounding.add(f[dst % 4][half], -(double) integer(pc, half), fprc);
        }
      }
      case FSCAL_R -> {
        for (int half = 0; half < 2; half++) {
          long bits = Double.doubleToRawLongBits(f[dst % 4][half]);
          f[dst % 4][half] = Double.longBitsToDouble(bits ^ 0x80F0000000000000L);
        }
      }
      case FMUL_R -> {
        for (int half = 0; half < 2; half++) {
          e[dst % 4][half] = ExactRounding.multiply(e[dst % 4][half], a[src % 4][half], fprc);
        }
      }
      case FDIV_M -> {
        for (int half = 0; half < 2; half++) {
          double divisor = toGroupE(integer(pc, half), half);
          e[dst % 4][half] = ExactRounding.divide(e[dst % 4][half], divisor, fprc);
        }
      }
      case FSQRT_R -> {
        for (int half = 0; half < 2; half++) {
          e[dst % 4][half] = ExactRounding.squareRoot(e[dst % 4][half], fprc);
        }
      }
      case CBRANCH -> {
        int b = (mod(pc) >> 4) + 8;
        r[dst] += (imm | 1L << b) & ~(1L << (b - 1));
        if ((r[dst] >>> b & 0xff) == 0) {
          return jumpTarget(pc);
        }
      }
      case CFROUND -> {
        int bits = (int) Long.rotateRight(r[src], (int) imm & 63) & 63;
        if (parameters.version() == RandomXVersion.V1 || bits < 4) {
          fprc = bits & 3;
        }
      }
      case ISTORE -> {
        int size = mod(pc) >> 4 >= 14 ? parameters.scratchpad().l3Bytes() : nearSize(pc);
        LittleEndian.putLong(scratchpad, (int) ((r[dst] + imm) & size - 8), r[src]);
      }
      case NOP -> {}
    }
    return pc + 1;
  }

  /** Section 5.4.2: behind the last instruction before this one that changes its register. */
  private int jumpTarget(int branch) {
    for (int pc = branch - 1; pc >= 0; pc--) {
      if (changes(pc, dst(branch))) {
        return pc + 1;
      }
    }
    return 0;
  }

  private boolean changes(int pc, int register) {
    return switch (opcode(pc)) {
      case CBRANCH -> true;
      case ISWAP_R -> src(pc) != dst(pc) && (src(pc) == register || dst(pc) == register);
      case IMUL_RCP -> hasReciprocal(pc) && dst(pc) == register;
      case FSWAP_R, FADD_R, FADD_M, FSUB_R, FSUB_M, FSCAL_R, FMUL_R, FDIV_M, FSQRT_R -> false;
      case CFROUND, ISTORE, NOP -> false;
      default -> dst(pc) == register;
    };
  }

  private boolean hasReciprocal(int pc) {
    return Integer.bitCount(imm32(pc)) > 1;
  }

  private static long reciprocal(long divisor) {
    BigInteger limit = BigInteger.ONE.shiftLeft(64);
    BigInteger result = BigInteger.ZERO;
    for (int x = 64; ; x++) {
      BigInteger next = BigInteger.ONE.shiftLeft(x).divide(BigInteger.valueOf(divisor));
      if (next.compareTo(limit) >= 0) {
        return result.longValue();
      }
      result = next;
    }
  }

  private int integer(int pc, int half) {
    return LittleEndian.getInt(scratchpad, readAddress(pc, false) + 4 * half);
  }

  private int readAddress(int pc, boolean immediateAlone) {
    long base = immediateAlone ? 0 : r[src(pc)];
    int size = immediateAlone ? parameters.scratchpad().l3Bytes() : nearSize(pc);
    return (int) ((base + imm32(pc)) & size - 8);
  }

  private int nearSize(int pc) {
    boolean l1 = (mod(pc) & 3) != 0;
    return l1 ? parameters.scratchpad().l1Bytes() : parameters.scratchpad().l2Bytes();
  }

  private static BigInteger signed(long value) {
    return BigInteger.valueOf(value);
  }

  private static BigInteger unsigned(long value) {
    return new BigInteger(Long.toUnsignedString(value));
  }
}
