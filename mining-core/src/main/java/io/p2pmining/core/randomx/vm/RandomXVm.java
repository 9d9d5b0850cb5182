package io.p2pmining.core.randomx.vm;

/**
 * The virtual machine (specification, section 4), for several hashes side by side: each lane has
 * registers, a scratchpad and the state of the generators of its own. A batch of hashes goes
 * through these steps, each of which works on every lane:
 *
 * <pre>
 *   seed · start · (program · execute · seed)* · program · execute · fingerprint
 * </pre>
 *
 * Owned by one thread; allocates nothing after construction.
 */
public sealed interface RandomXVm extends AutoCloseable permits InterpretedVm, CompiledVm {

  /** The length of the register file in bytes: r0 to r7, f0 to f3, e0 to e3, a0 to a3. */
  int REGISTER_FILE_BYTES = 256;

  /** The length of a seed, the state of the generators, in bytes. */
  int SEED_BYTES = 64;

  /** How many hashes run side by side. */
  int lanes();

  /** Sets the generators of a lane to a seed of {@link #SEED_BYTES} bytes. */
  void seed(int lane, byte[] seed);

  /** Copies the state of a lane's generators out, {@link #SEED_BYTES} bytes. */
  void copySeed(int lane, byte[] target);

  /** Begins a batch: fills the scratchpads and rounds to nearest (section 2, steps 3 to 6). */
  void start();

  /** Makes the next program of every lane from its seed (section 2, step 7). */
  void program();

  /**
   * Gives a lane a program.
   *
   * @param programBuffer configuration and instructions, one a word
   */
  void program(int lane, long[] programBuffer);

  /** Executes the program of every lane (section 2, step 8). */
  void execute();

  /** Writes the register file of a lane, {@link #REGISTER_FILE_BYTES} bytes. */
  void copyRegisterFile(int lane, byte[] target);

  /** Ends a batch: group A becomes the scratchpad's fingerprint (section 2, steps 12 and 13). */
  void fingerprint();

  /** {@link #fingerprint} of one batch and {@link #start} of the next, in less time than both. */
  void restart();

  /** The value of a lane's fprc, which outlives a program. */
  int roundingMode(int lane);

  /** Copies a lane's scratchpad out, for comparison of one machine with another. */
  void copyScratchpad(int lane, byte[] target);

  @Override
  void close();
}
