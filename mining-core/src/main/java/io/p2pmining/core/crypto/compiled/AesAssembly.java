package io.p2pmining.core.crypto.compiled;

import io.p2pmining.core.crypto.AesGenerator4R;
import io.p2pmining.core.x86.Assembler;
import io.p2pmining.core.x86.VectorRegister.Width;
import java.util.EnumMap;
import java.util.Map;

/** Writes the routines of one kind, for 1 to 4 lanes each. Belongs to one thread; used once. */
final class AesAssembly {

  private static final int ENTRY_ALIGNMENT = 64;

  private final Assembler asm = new Assembler();
  private final SoftwareRound softwareRound = new SoftwareRound(asm);
  private final AesKind kind;
  private final AesConstants constants;
  private final Map<AesRoutine, int[]> entries = new EnumMap<>(AesRoutine.class);

  AesAssembly(AesKind kind, AesGenerator4R programGenerator) {
    this.kind = kind;
    constants = new AesConstants(programGenerator);
    for (AesRoutine routine : AesRoutine.values()) {
      int[] positions = new int[AesLanes.MAX_LANES];
      for (int lanes = 1; lanes <= AesLanes.MAX_LANES; lanes++) {
        asm.align(ENTRY_ALIGNMENT);
        positions[lanes - 1] = asm.length();
        routine(routine, lanes);
      }
      entries.put(routine, positions);
    }
    constants.emit(asm);
    if (kind == AesKind.SOFTWARE) {
      softwareRound.emitTables();
    }
  }

  /** The routines and their constants. They may lie anywhere, at a cache line. */
  byte[] code() {
    return asm.toByteArray();
  }

  /** Where in the code a routine for so many lanes begins. */
  int entry(AesRoutine routine, int lanes) {
    return entries.getOrDefault(routine, new int[0])[lanes - 1];
  }

  private void routine(AesRoutine routine, int lanes) {
    switch (kind) {
      case SOFTWARE -> new SoftwareRoutine(asm, constants, softwareRound).emit(routine, lanes);
      case AES_NI -> new VectorRoutine(asm, constants, Width.XMM).emit(routine, lanes);
      case VAES_256 -> new VectorRoutine(asm, constants, Width.YMM).emit(routine, lanes);
      case VAES_512 -> new VectorRoutine(asm, constants, Width.ZMM).emit(routine, lanes);
    }
  }
}
