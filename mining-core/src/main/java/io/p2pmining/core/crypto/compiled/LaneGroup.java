package io.p2pmining.core.crypto.compiled;

/**
 * Lanes that share registers, and how they take part in a loop over lines of 64 bytes. What is
 * emitted keeps the general-purpose registers, but for those of {@link AesRegisters} that are
 * scratch.
 *
 * <p>The generators decrypt blocks 0 and 2 of a state and encrypt 1 and 3; the hash encrypts blocks
 * 0 and 2 and decrypts 1 and 3 (RandomX specification, sections 3.2 to 3.4).
 */
sealed interface LaneGroup permits AesNiLane, YmmLane, ZmmPair {

  /** How many lanes there are. */
  int lanes();

  /** Loads the state and the keys of AesGenerator1R. */
  void beginFill();

  /** Moves the state on and stores it as the line this many bytes behind the pointers. */
  void fillLine(int displacement);

  /** Loads the state and the keys of AesGenerator4R. */
  void beginProgram();

  /** The same as {@link #fillLine} with four rounds. */
  void programLine(int displacement);

  /** Stores the state of a generator. */
  void endGenerator();

  /** Loads the first state of the hash. */
  void beginHash();

  /** Takes in the line this many bytes behind the pointers. */
  void hashLine(int displacement);

  /** Does the last rounds and stores the fingerprints. */
  void endHash();
}
