package io.p2pmining.core.randomx.interpreter;

import static io.p2pmining.core.randomx.interpreter.MachineLayout.A;
import static io.p2pmining.core.randomx.interpreter.MachineLayout.E;
import static io.p2pmining.core.randomx.interpreter.MachineLayout.E_BITS_HIGH;
import static io.p2pmining.core.randomx.interpreter.MachineLayout.E_BITS_LOW;
import static io.p2pmining.core.randomx.interpreter.MachineLayout.F;
import static io.p2pmining.core.randomx.interpreter.MachineLayout.GROUP_WORDS;
import static io.p2pmining.core.randomx.interpreter.MachineLayout.MINUS_A;
import static io.p2pmining.core.randomx.interpreter.MachineLayout.R;
import static io.p2pmining.core.randomx.interpreter.MachineLayout.ROUNDING_MODE;

import io.p2pmining.core.crypto.AesRound;
import io.p2pmining.core.crypto.LittleEndian;
import io.p2pmining.core.randomx.CacheParameters;
import io.p2pmining.core.randomx.DatasetItems;
import io.p2pmining.core.randomx.RandomXParameters;
import io.p2pmining.core.randomx.RandomXVersion;
import io.p2pmining.core.randomx.program.Program;
import io.p2pmining.core.randomx.program.ProgramConfiguration;
import io.p2pmining.core.randomx.program.ProgramDecoder;

/**
 * Programs the machine and runs the loop around its instructions (specification, sections 4.5 and
 * 4.6). Owned by one thread; allocates nothing after construction.
 */
public final class Interpreter {

  private static final int LINE_WORDS = CacheParameters.ITEM_BYTES / Long.BYTES;

  private final RandomXVersion version;
  private final int iterations;
  private final int lineMask;
  private final DatasetItems dataset;
  private final long[] scratchpad;
  private final ProgramDecoder decoder;
  private final Program program;
  private final long[] machine;

  /** What the iterations leave in group F: bits that need not be numbers any more. */
  private final long[] mixed = new long[GROUP_WORDS];

  /**
   * An interpreter with its scratchpad.
   *
   * @param scratchpad the words of the whole third level
   */
  public Interpreter(RandomXParameters parameters, DatasetItems dataset, long[] scratchpad) {
    this.version = parameters.version();
    this.iterations = parameters.programIterations();
    this.lineMask = parameters.scratchpad().l3LineMask();
    this.dataset = dataset;
    this.scratchpad = scratchpad;
    this.decoder = new ProgramDecoder(parameters.frequencies(), parameters.scratchpad());
    this.program = new Program(parameters.programSize());
    this.machine = new long[MachineLayout.codeEnd(parameters.programSize())];
  }

  /** The value of fprc. */
  public int roundingMode() {
    return (int) machine[ROUNDING_MODE];
  }

  /** Goes back to rounding to nearest, as every hash begins. */
  public void resetRoundingMode() {
    machine[ROUNDING_MODE] = DirectedRounding.NEAREST;
  }

  /** Executes the program in a program buffer. */
  public void execute(long[] programBuffer) {
    decoder.decode(programBuffer, program);
    Operation.write(program, version, machine);
    configure(programBuffer);
    iterate(programBuffer);
  }

  private void configure(long[] buffer) {
    for (int i = 0; i < GROUP_WORDS; i++) {
      double value = ProgramConfiguration.groupA(buffer, i);
      machine[A + i] = Double.doubleToRawLongBits(value);
      machine[MINUS_A + i] = Double.doubleToRawLongBits(-value);
      machine[R + i] = 0;
    }
    machine[E_BITS_LOW] = ProgramConfiguration.groupEBits(buffer, 0);
    machine[E_BITS_HIGH] = ProgramConfiguration.groupEBits(buffer, 1);
  }

  /** Section 4.6.2, with its step numbers. */
  private void iterate(long[] buffer) {
    long[] m = machine;
    int register0 = R + ProgramConfiguration.addressRegister(buffer, 0);
    int register1 = R + ProgramConfiguration.addressRegister(buffer, 1);
    int register2 = R + ProgramConfiguration.addressRegister(buffer, 2);
    int register3 = R + ProgramConfiguration.addressRegister(buffer, 3);
    int datasetOffset = ProgramConfiguration.datasetOffset(buffer);
    int codeStart = MachineLayout.codeStart(program.size());
    int codeEnd = MachineLayout.codeEnd(program.size());
    int ma = ProgramConfiguration.ma(buffer);
    int mx = ProgramConfiguration.mx(buffer);
    int spAddr0 = mx;
    int spAddr1 = ma;
    for (int ic = iterations; ic > 0; ic--) {
      long mix = m[register0] ^ m[register1]; // 1
      int line0 = ((spAddr0 ^ (int) mix) & lineMask) / Long.BYTES;
      int line1 = ((spAddr1 ^ (int) (mix >>> 32)) & lineMask) / Long.BYTES;
      loadRegisters(line0, line1); // 2, 3
      InstructionLoop.run(m, scratchpad, codeStart, codeEnd); // 4
      int mt = ma; // 5, 6
      int change = (int) (m[register2] ^ m[register3]);
      switch (version) {
        case V1 -> {
          mx ^= change;
          dataset.prefetch(datasetOffset + CacheParameters.itemAt(mx));
        }
        case V2 -> {
          ma ^= change;
          dataset.prefetch(datasetOffset + CacheParameters.itemAt(ma));
        }
      }
      dataset.xorInto(datasetOffset + CacheParameters.itemAt(mt), m); // 7
      int swapped = mx; // 8
      mx = ma;
      ma = swapped;
      System.arraycopy(m, R, scratchpad, line1, LINE_WORDS); // 9
      mixFloatRegisters(); // 10
      System.arraycopy(mixed, 0, scratchpad, line0, LINE_WORDS); // 11
      spAddr0 = 0; // 12
      spAddr1 = 0;
    }
  }

  private void loadRegisters(int line0, int line1) {
    long[] m = machine;
    for (int i = 0; i < LINE_WORDS; i++) {
      m[R + i] ^= scratchpad[line0 + i];
    }
    for (int i = 0; i < LINE_WORDS / 2; i++) {
      long pair = scratchpad[line1 + i];
      m[F + 2 * i] = Double.doubleToRawLongBits(InstructionLoop.low(pair));
      m[F + 2 * i + 1] = Double.doubleToRawLongBits(InstructionLoop.high(pair));
      pair = scratchpad[line1 + LINE_WORDS / 2 + i];
      m[E + 2 * i] = InstructionLoop.toGroupE(InstructionLoop.low(pair), m[E_BITS_LOW]);
      m[E + 2 * i + 1] = InstructionLoop.toGroupE(InstructionLoop.high(pair), m[E_BITS_HIGH]);
    }
  }

  private void mixFloatRegisters() {
    switch (version) {
      case V1 -> {
        for (int i = 0; i < GROUP_WORDS; i++) {
          mixed[i] = machine[F + i] ^ machine[E + i];
        }
      }
      case V2 -> {
        encryptFloatRegister(0);
        decryptFloatRegister(2);
        encryptFloatRegister(4);
        decryptFloatRegister(6);
      }
    }
  }

  private void encryptFloatRegister(int word) {
    long low = machine[F + word];
    long high = machine[F + word + 1];
    for (int key = E; key < E + GROUP_WORDS; key += 2) {
      long next = AesRound.encrypt(low, high) ^ machine[key];
      high = AesRound.encrypt(high, low) ^ machine[key + 1];
      low = next;
    }
    mixed[word] = low;
    mixed[word + 1] = high;
  }

  private void decryptFloatRegister(int word) {
    long low = machine[F + word];
    long high = machine[F + word + 1];
    for (int key = E; key < E + GROUP_WORDS; key += 2) {
      long next = AesRound.decrypt(low, high) ^ machine[key];
      high = AesRound.decrypt(high, low) ^ machine[key + 1];
      low = next;
    }
    mixed[word] = low;
    mixed[word + 1] = high;
  }

  /** Writes the register file: r, f as mixed last, e, a. */
  public void storeRegisterFile(byte[] target) {
    storeGroup(machine, R, target, 0);
    storeGroup(mixed, 0, target, 1);
    storeGroup(machine, E, target, 2);
    storeGroup(machine, A, target, 3);
  }

  private static void storeGroup(long[] words, int from, byte[] target, int group) {
    for (int i = 0; i < GROUP_WORDS; i++) {
      LittleEndian.putLong(target, (group * GROUP_WORDS + i) * Long.BYTES, words[from + i]);
    }
  }
}
