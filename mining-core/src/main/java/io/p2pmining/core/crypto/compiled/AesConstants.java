package io.p2pmining.core.crypto.compiled;

import io.p2pmining.core.crypto.AesGenerator1R;
import io.p2pmining.core.crypto.AesGenerator4R;
import io.p2pmining.core.crypto.AesHash1R;
import io.p2pmining.core.x86.Address;
import io.p2pmining.core.x86.Assembler;
import io.p2pmining.core.x86.Label;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The constants of the generators and the hash, and the places behind the code where they are kept
 * in the groups that vector registers want. Belongs to one thread.
 */
final class AesConstants {

  /** A group starts at a cache line, so that every width may be loaded from it at once. */
  private static final int GROUP_BYTES = 64;

  private final AesBlock[] fillKeys = AesBlock.ofWords(AesGenerator1R.keys());
  private final AesBlock[] hashState = AesBlock.ofWords(AesHash1R.initialState());
  private final AesBlock[] hashExtraKeys = AesBlock.ofWords(AesHash1R.extraKeys());
  private final AesBlock[] programKeys;
  private final Map<List<AesBlock>, Label> groups = new LinkedHashMap<>();

  AesConstants(AesGenerator4R programGenerator) {
    programKeys = AesBlock.ofWords(programGenerator.keys());
  }

  /** The key of AesGenerator1R for a block of the state, 0 to 3. */
  AesBlock fillKey(int block) {
    return fillKeys[block];
  }

  /** The first state of AesHash1R, blocks 0 to 3. */
  AesBlock hashState(int block) {
    return hashState[block];
  }

  /** The key of AesHash1R for the first (0) or second (1) round after the input. */
  AesBlock hashExtraKey(int round) {
    return hashExtraKeys[round];
  }

  /** The key of AesGenerator4R for a round, 0 to 3, of a block of the state, 0 to 3. */
  AesBlock programKey(int round, int block) {
    return programKeys[block < 2 ? round : round + 4];
  }

  /** Where these blocks, at most four, stand one behind the other. */
  Address group(AesBlock... blocks) {
    return Address.of(groups.computeIfAbsent(List.of(blocks), unused -> new Label()));
  }

  /** Writes the groups that were asked for. */
  void emit(Assembler asm) {
    groups.forEach(
        (blocks, label) -> {
          while (asm.length() % GROUP_BYTES != 0) {
            asm.data8(0);
          }
          asm.bind(label);
          for (AesBlock block : blocks) {
            asm.data64(block.low());
            asm.data64(block.high());
          }
        });
  }
}
