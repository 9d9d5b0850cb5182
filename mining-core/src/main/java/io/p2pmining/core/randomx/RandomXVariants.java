package io.p2pmining.core.randomx;

import static io.p2pmining.core.randomx.program.Opcode.CBRANCH;
import static io.p2pmining.core.randomx.program.Opcode.FADD_R;
import static io.p2pmining.core.randomx.program.Opcode.FMUL_R;
import static io.p2pmining.core.randomx.program.Opcode.FSUB_R;
import static io.p2pmining.core.randomx.program.Opcode.FSWAP_R;
import static io.p2pmining.core.randomx.program.Opcode.IADD_RS;
import static io.p2pmining.core.randomx.program.Opcode.IROL_R;
import static io.p2pmining.core.randomx.program.Opcode.IROR_R;

import io.p2pmining.core.crypto.AesGenerator4R;
import io.p2pmining.core.randomx.program.InstructionFrequencies;
import io.p2pmining.core.randomx.program.ScratchpadSizes;
import java.util.List;
import java.util.Map;

/** The variants of RandomX that are in use: sets of parameters and nothing else. */
public final class RandomXVariants {

  /** Section 3.3 of the specification. */
  private static final AesGenerator4R STANDARD_GENERATOR =
      new AesGenerator4R(
          "ddaa2164db3d83d12b6d542f3fd2e599"
              + "50340eb2553f91b6539df706e5cddfa5"
              + "04d93e5caf7b5e519f67a40abf021c17"
              + "63376285085d8fe7853767cd91d2ded8",
          "736f82b5a6a7d6e36d8b513db4ff9e22"
              + "f36b56c7d9b3109c4e4d02e9d2b772b2"
              + "e7c973f28ba365f70a66a92ba7ef3bf6"
              + "09d67c7ade395891fdd1060c2d76b0c0");

  private static final ScratchpadSizes STANDARD_SCRATCHPAD =
      new ScratchpadSizes(16_384, 262_144, 2_097_152);

  private static final String WOWNERO_KEYS =
      "5d4690f8a6e4fb7fb7821f14959e35cf"
          + "50c4556a8a27e8fec35a5cbddcff4167"
          + "a4474c11e4fd24d5d29a27a7ac4a323d"
          + "2a3a0c81ffaea999d9dbd34208dbf676";

  private static final InstructionFrequencies WOWNERO_FREQUENCIES =
      InstructionFrequencies.STANDARD.with(
          Map.of(
              IADD_RS, 25, IROR_R, 10, IROL_R, 0, FSWAP_R, 8, FADD_R, 20, FSUB_R, 20, FMUL_R, 20,
              CBRANCH, 16));

  /** Monero since 2019: the specification's own values. */
  public static final RandomXParameters MONERO =
      new RandomXParameters(
          "rx/0",
          RandomXVersion.V1,
          new CacheParameters("RandomX\u0003", 3, 1, 170),
          STANDARD_GENERATOR,
          256,
          2048,
          8,
          STANDARD_SCRATCHPAD,
          InstructionFrequencies.STANDARD);

  /** The second version of the specification; cache and dataset are those of rx/0. */
  public static final RandomXParameters MONERO_V2 =
      new RandomXParameters(
          "rx/2",
          RandomXVersion.V2,
          new CacheParameters("RandomX\u0003", 3, 1, 170),
          STANDARD_GENERATOR,
          384,
          2048,
          8,
          STANDARD_SCRATCHPAD,
          InstructionFrequencies.STANDARD);

  /** Wownero. */
  public static final RandomXParameters WOWNERO =
      new RandomXParameters(
          "rx/wow",
          RandomXVersion.V1,
          new CacheParameters("RandomWOW\u0001", 3, 1, 170),
          new AesGenerator4R(WOWNERO_KEYS, WOWNERO_KEYS),
          256,
          1024,
          16,
          new ScratchpadSizes(16_384, 131_072, 1_048_576),
          WOWNERO_FREQUENCIES);

  /** ArQmA. */
  public static final RandomXParameters ARQMA =
      new RandomXParameters(
          "rx/arq",
          RandomXVersion.V1,
          new CacheParameters("RandomARQ\u0001", 1, 1, 170),
          STANDARD_GENERATOR,
          256,
          1024,
          4,
          new ScratchpadSizes(16_384, 131_072, 262_144),
          InstructionFrequencies.STANDARD);

  /** Graft. */
  public static final RandomXParameters GRAFT =
      new RandomXParameters(
          "rx/graft",
          RandomXVersion.V1,
          new CacheParameters("RandomX-Graft\u0001", 3, 2, 170),
          STANDARD_GENERATOR,
          280,
          2048,
          8,
          STANDARD_SCRATCHPAD,
          InstructionFrequencies.STANDARD.with(Map.of(IROR_R, 7, IROL_R, 3)));

  /** Safex Cash. */
  public static final RandomXParameters SAFEX =
      new RandomXParameters(
          "rx/sfx",
          RandomXVersion.V1,
          new CacheParameters("RandomSFX\u0001", 3, 1, 170),
          STANDARD_GENERATOR,
          256,
          2048,
          8,
          STANDARD_SCRATCHPAD,
          InstructionFrequencies.STANDARD);

  /** YadaCoin. */
  public static final RandomXParameters YADACOIN =
      new RandomXParameters(
          "rx/yada",
          RandomXVersion.V1,
          new CacheParameters("RandomXYadaCoin\u0003", 4, 1, 150),
          STANDARD_GENERATOR,
          256,
          2048,
          8,
          STANDARD_SCRATCHPAD,
          InstructionFrequencies.STANDARD);

  private RandomXVariants() {}

  /** All variants, the most used first. */
  public static List<RandomXParameters> all() {
    return List.of(MONERO, MONERO_V2, WOWNERO, ARQMA, GRAFT, SAFEX, YADACOIN);
  }
}
