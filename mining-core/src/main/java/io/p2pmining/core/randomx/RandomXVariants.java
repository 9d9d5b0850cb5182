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

/** The variants of RandomX that are in use, each as its differences from {@code rx/0}. */
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
          new ScratchpadSizes(16_384, 262_144, 2_097_152),
          InstructionFrequencies.STANDARD);

  /** The second version of the specification; cache and dataset are those of {@code rx/0}. */
  public static final RandomXParameters MONERO_V2 =
      MONERO.withName("rx/2").withVersion(RandomXVersion.V2).withProgramSize(384);

  private static final String WOWNERO_KEYS =
      "5d4690f8a6e4fb7fb7821f14959e35cf"
          + "50c4556a8a27e8fec35a5cbddcff4167"
          + "a4474c11e4fd24d5d29a27a7ac4a323d"
          + "2a3a0c81ffaea999d9dbd34208dbf676";

  /** Wownero: its own program keys and instruction frequencies. */
  public static final RandomXParameters WOWNERO =
      MONERO
          .withName("rx/wow")
          .withCache(new CacheParameters("RandomWOW\u0001", 3, 1, 170))
          .withProgramGenerator(new AesGenerator4R(WOWNERO_KEYS, WOWNERO_KEYS))
          .withRepetitions(1024, 16)
          .withScratchpad(new ScratchpadSizes(16_384, 131_072, 1_048_576))
          .withFrequencies(
              InstructionFrequencies.STANDARD.with(
                  Map.of(
                      IADD_RS, 25, IROR_R, 10, IROL_R, 0, FSWAP_R, 8, FADD_R, 20, FSUB_R, 20,
                      FMUL_R, 20, CBRANCH, 16)));

  /** ArQmA: a small scratchpad and short hashes. */
  public static final RandomXParameters ARQMA =
      MONERO
          .withName("rx/arq")
          .withCache(new CacheParameters("RandomARQ\u0001", 1, 1, 170))
          .withRepetitions(1024, 4)
          .withScratchpad(new ScratchpadSizes(16_384, 131_072, 262_144));

  /** Graft. */
  public static final RandomXParameters GRAFT =
      MONERO
          .withName("rx/graft")
          .withCache(new CacheParameters("RandomX-Graft\u0001", 3, 2, 170))
          .withProgramSize(280)
          .withFrequencies(InstructionFrequencies.STANDARD.with(Map.of(IROR_R, 7, IROL_R, 3)));

  /** Safex Cash. */
  public static final RandomXParameters SAFEX =
      MONERO.withName("rx/sfx").withCache(new CacheParameters("RandomSFX\u0001", 3, 1, 170));

  /** YadaCoin. */
  public static final RandomXParameters YADACOIN =
      MONERO.withName("rx/yada").withCache(new CacheParameters("RandomXYadaCoin\u0003", 4, 1, 150));

  private RandomXVariants() {}

  /** All variants, the most used first. */
  public static List<RandomXParameters> all() {
    return List.of(MONERO, MONERO_V2, WOWNERO, ARQMA, GRAFT, SAFEX, YADACOIN);
  }
}
