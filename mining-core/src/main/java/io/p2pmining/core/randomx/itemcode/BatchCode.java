package io.p2pmining.core.randomx.itemcode;

import static io.p2pmining.core.randomx.itemcode.BatchRegisters.FRAME;
import static io.p2pmining.core.randomx.itemcode.BatchRegisters.ITEM;
import static io.p2pmining.core.randomx.itemcode.BatchRegisters.SCRATCH;
import static io.p2pmining.core.randomx.itemcode.BatchRegisters.TARGET;
import static io.p2pmining.core.x86.Gpr.R12;
import static io.p2pmining.core.x86.Gpr.R13;
import static io.p2pmining.core.x86.Gpr.R14;
import static io.p2pmining.core.x86.Gpr.R15;
import static io.p2pmining.core.x86.Gpr.RBP;
import static io.p2pmining.core.x86.Gpr.RBX;
import static io.p2pmining.core.x86.Gpr.RCX;
import static io.p2pmining.core.x86.Gpr.RDX;
import static io.p2pmining.core.x86.Gpr.RSP;

import io.p2pmining.core.randomx.CacheParameters;
import io.p2pmining.core.randomx.itemcode.ItemStream.Step;
import io.p2pmining.core.randomx.superscalar.SuperscalarProgram;
import io.p2pmining.core.x86.Address;
import io.p2pmining.core.x86.Assembler;
import io.p2pmining.core.x86.Condition;
import io.p2pmining.core.x86.Gpr;
import io.p2pmining.core.x86.Label;
import java.util.ArrayList;
import java.util.List;

/**
 * A function that computes consecutive items, batch by batch, by the calling convention of Linux:
 *
 * <pre>
 *   RDI   the address of the cache
 *   RSI   the address to which the first item is written, a multiple of 64
 *   RDX   the number of the first item
 *   RCX   how many batches, at least 1
 * </pre>
 *
 * The frame on the stack begins with the caller's stack pointer and the number of batches that are
 * left; the parts of the streams follow. Belongs to one thread.
 */
final class BatchCode {

  private static final int CALLER_STACK = 0;
  private static final int BATCHES_LEFT = 8;
  private static final int HEADER_BYTES = 64;

  /** Entry, loop and exit. */
  private static final int MAX_FRAME_CODE_BYTES = 512;

  /** With more, the lines of all are fetched while one computes anyway. */
  private static final int SCALAR_ITEMS_ALONE = 4;

  /** What general-purpose instructions compute in the gaps that vector instructions leave. */
  private static final int SCALAR_ITEMS_BESIDE_AVX2 = 2;

  private static final int SCALAR_ITEMS_BESIDE_AVX512 = 1;

  private static final List<Gpr> SAVED = List.of(RBX, RBP, R12, R13, R14, R15);

  private final List<SuperscalarProgram> programs;
  private final Assembler asm = new Assembler();
  private final ConstantPool constants = new ConstantPool();
  private final List<ItemStream> streams = new ArrayList<>();
  private int itemCount;
  private int frameBytes = HEADER_BYTES;

  BatchCode(List<SuperscalarProgram> programs, ItemCodeKind kind) {
    this.programs = List.copyOf(programs);
    switch (kind) {
      case SCALAR -> addScalarItems(SCALAR_ITEMS_ALONE, false);
      case AVX2 -> {
        add(new Avx2Items(asm, constants, programs, next(), new Avx2Instructions(asm, constants)));
        addScalarItems(SCALAR_ITEMS_BESIDE_AVX2, true);
      }
      case AVX512 -> addWideItems(false);
      case AVX512_IFMA -> addWideItems(true);
    }
  }

  private void addWideItems(boolean ifma) {
    for (int firstRegister : new int[] {16, 24}) {
      Avx512Instructions instructions = new Avx512Instructions(asm, constants, firstRegister, ifma);
      add(new Avx512Items(asm, constants, programs, next(), instructions));
    }
    addScalarItems(SCALAR_ITEMS_BESIDE_AVX512, true);
  }

  private void addScalarItems(int count, boolean mulx) {
    ScalarPlaces places = new ScalarPlaces.OfBatch(next());
    add(new ScalarItems(asm, constants, programs, places, count, mulx));
  }

  private Placement next() {
    return new Placement(itemCount, frameBytes);
  }

  private void add(ItemStream stream) {
    streams.add(stream);
    itemCount += stream.itemCount();
    frameBytes += stream.frameBytes();
  }

  /** How many items a batch has. */
  int itemCount() {
    return itemCount;
  }

  /** As many bytes as {@link #assemble} gives at most. */
  int maxBytes() {
    return MAX_FRAME_CODE_BYTES
        + streams.stream().mapToInt(ItemStream::maxBytes).sum()
        + constants.maxBytes();
  }

  /** Gives the code. */
  byte[] assemble() {
    emitEntry();
    Label batch = new Label();
    asm.align(CacheParameters.ITEM_BYTES);
    asm.bind(batch);
    for (int round = 0; round < programs.size(); round++) {
      emitMixed(round);
    }
    asm.add(TARGET, itemCount * CacheParameters.ITEM_BYTES);
    asm.add(ITEM, itemCount);
    asm.mov(SCRATCH, frame(BATCHES_LEFT));
    asm.sub(SCRATCH, 1);
    asm.mov(frame(BATCHES_LEFT), SCRATCH);
    asm.jump(Condition.NOT_ZERO, batch);
    emitExit();
    constants.emit(asm);
    CodeSize.require(asm.length(), maxBytes());
    return asm.toByteArray();
  }

  private void emitEntry() {
    SAVED.forEach(asm::push);
    asm.mov(SCRATCH, RSP);
    asm.sub(RSP, frameBytes);
    asm.and(RSP, -CacheParameters.ITEM_BYTES);
    asm.mov(FRAME, RSP);
    asm.mov(frame(CALLER_STACK), SCRATCH);
    asm.mov(frame(BATCHES_LEFT), RCX);
    asm.mov(ITEM, RDX);
    streams.forEach(ItemStream::emitConstants);
  }

  private void emitExit() {
    asm.sfence();
    asm.vzeroupper();
    asm.mov(RSP, frame(CALLER_STACK));
    SAVED.reversed().forEach(asm::pop);
    asm.ret();
  }

  /** The code of a round of all streams, each of which gets ahead at the same rate. */
  private void emitMixed(int round) {
    List<List<Step>> parts = streams.stream().map(stream -> stream.round(round)).toList();
    int longest = parts.stream().mapToInt(List::size).max().orElseThrow();
    int[] emitted = new int[parts.size()];
    for (int moment = 1; moment <= longest; moment++) {
      for (int i = 0; i < emitted.length; i++) {
        List<Step> steps = parts.get(i);
        for (; emitted[i] * longest < moment * steps.size(); emitted[i]++) {
          steps.get(emitted[i]).emit();
        }
      }
    }
  }

  private static Address frame(int offset) {
    return Address.at(FRAME, offset);
  }
}
