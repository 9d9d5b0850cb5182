package io.p2pmining.core.randomx.vm;

import io.p2pmining.core.randomx.DatasetItems;
import io.p2pmining.core.randomx.RandomXParameters;

/**
 * The virtual machine (specification, section 4) with its scratchpad. A hash goes through {@link
 * #start}, {@link #execute} once a program with {@link #storeRegisterFile} after each, and {@link
 * #storeFingerprint}. Owned by one thread; allocates nothing after construction.
 */
public sealed interface RandomXVm extends AutoCloseable permits InterpretedVm {

  /** The length of the register file in bytes: r0 to r7, f0 to f3, e0 to e3, a0 to a3. */
  int REGISTER_FILE_BYTES = 256;

  /** What executes the programs of the machines that {@link #create} makes. */
  String ENGINE = "interpreter";

  /** A machine for one variant that reads its dataset through {@code dataset}. */
  static RandomXVm create(RandomXParameters parameters, DatasetItems dataset) {
    return new InterpretedVm(parameters, dataset);
  }

  /**
   * Begins a hash: fills the scratchpad and rounds to nearest (section 2, steps 3 to 6).
   *
   * @param generatorState the seed as eight words; becomes the state after the fill
   */
  void start(long[] generatorState);

  /**
   * Programs the machine and executes the program (section 2, steps 7 and 8).
   *
   * @param programBuffer configuration and instructions, one a word
   */
  void execute(long[] programBuffer);

  /** Writes the register file as the last program left it, {@link #REGISTER_FILE_BYTES} bytes. */
  void storeRegisterFile(byte[] target);

  /** Writes the scratchpad's fingerprint over group A of a register file (steps 12 and 13). */
  void storeFingerprint(byte[] registerFile);

  /** The value of fprc, which outlives a program. */
  int roundingMode();

  /** Copies the scratchpad out, for comparison of one machine with another. */
  void copyScratchpad(byte[] target);

  @Override
  void close();
}
