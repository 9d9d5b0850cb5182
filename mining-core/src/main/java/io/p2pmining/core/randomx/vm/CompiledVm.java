package io.p2pmining.core.randomx.vm;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.p2pmining.core.crypto.compiled.AesCode;
import io.p2pmining.core.crypto.compiled.AesLanes;
import io.p2pmining.core.memory.MemoryPages;
import io.p2pmining.core.memory.OffHeapMemory;
import io.p2pmining.core.memory.PagePolicy;
import io.p2pmining.core.pow.PrefetchMode;
import io.p2pmining.core.randomx.RandomXParameters;
import io.p2pmining.core.randomx.compiler.LaneRing;
import io.p2pmining.core.randomx.compiler.ProgramCompiler;
import java.lang.foreign.MemorySegment;

/**
 * The machine in generated machine code. Scratchpads, registers and buffers lie outside the heap:
 *
 * <pre>
 *   scratchpads of all lanes | table for AES | a lane's seed, program buffer | the next lane's ..
 * </pre>
 */
final class CompiledVm implements RandomXVm {

  private static final int GROUP_A_OFFSET = 192;
  private static final int LINE_BYTES = 64;

  private final RandomXParameters parameters;
  private final AesCode aes;
  private final int lanes;
  private final OffHeapMemory memory;
  private final LaneRing ring;
  private final AesLanes aesLanes;
  private final MemorySegment[] scratchpads;
  private final MemorySegment[] seeds;
  private final MemorySegment[] programs;

  /**
   * A machine with its own memory for scratchpads.
   *
   * @param aes stays open as long as this is used
   */
  CompiledVm(
      RandomXParameters parameters,
      ProgramCompiler compiler,
      AesCode aes,
      int lanes,
      PrefetchMode prefetch,
      PagePolicy pages) {
    this.parameters = parameters;
    this.aes = aes;
    this.lanes = lanes;
    this.scratchpads = new MemorySegment[lanes];
    this.seeds = new MemorySegment[lanes];
    this.programs = new MemorySegment[lanes];
    long scratchpadBytes = parameters.scratchpad().l3Bytes();
    long programBytes = (long) parameters.programBufferWords() * Long.BYTES;
    long laneBytes = SEED_BYTES + (programBytes + LINE_BYTES - 1) / LINE_BYTES * LINE_BYTES;
    long tableStart = lanes * scratchpadBytes;
    long total = tableStart + AesLanes.BYTES + lanes * laneBytes;
    this.memory = OffHeapMemory.allocate(total, "RandomX scratchpads", pages);
    MemorySegment all = memory.segment();
    boolean complete = false;
    try {
      ring = compiler.newRing(lanes, prefetch, all.address());
      complete = true;
    } finally {
      if (!complete) {
        memory.close();
      }
    }
    aesLanes = new AesLanes(all.asSlice(tableStart, AesLanes.BYTES));
    for (int lane = 0; lane < lanes; lane++) {
      long start = tableStart + AesLanes.BYTES + lane * laneBytes;
      scratchpads[lane] = all.asSlice(lane * scratchpadBytes, scratchpadBytes);
      seeds[lane] = all.asSlice(start, SEED_BYTES);
      programs[lane] = all.asSlice(start + SEED_BYTES, programBytes);
      aesLanes.setScratchpad(lane, scratchpads[lane].address());
      aesLanes.setState(lane, seeds[lane].address());
      aesLanes.setProgram(lane, programs[lane].address());
      aesLanes.setFingerprint(lane, ring.registerFileAddress(lane) + GROUP_A_OFFSET);
    }
  }

  /** The pages under the scratchpads. */
  MemoryPages pages() {
    return memory.pages();
  }

  @Override
  public int lanes() {
    return lanes;
  }

  @Override
  public void seed(int lane, byte[] seed) {
    MemorySegment.copy(seed, 0, seeds[lane], JAVA_BYTE, 0, SEED_BYTES);
  }

  @Override
  public void copySeed(int lane, byte[] target) {
    MemorySegment.copy(seeds[lane], JAVA_BYTE, 0, target, 0, SEED_BYTES);
  }

  @Override
  public void start() {
    aes.fill(aesLanes, lanes, parameters.scratchpad().l3Bytes());
    resetRoundingModes();
  }

  private void resetRoundingModes() {
    for (int lane = 0; lane < lanes; lane++) {
      ring.resetRoundingMode(lane);
    }
  }

  @Override
  public void program() {
    aes.generatePrograms(aesLanes, lanes, programs[0].byteSize());
    for (int lane = 0; lane < lanes; lane++) {
      ring.program(lane, programs[lane]);
    }
  }

  @Override
  public void program(int lane, long[] programBuffer) {
    MemorySegment.copy(programBuffer, 0, programs[lane], JAVA_LONG, 0, programBuffer.length);
    ring.program(lane, programs[lane]);
  }

  @Override
  public void execute() {
    ring.run();
  }

  @Override
  public void copyRegisterFile(int lane, byte[] target) {
    ring.copyRegisterFile(lane, target);
  }

  @Override
  public void fingerprint() {
    aes.hash(aesLanes, lanes, parameters.scratchpad().l3Bytes());
  }

  @Override
  public void restart() {
    aes.hashAndFill(aesLanes, lanes, parameters.scratchpad().l3Bytes());
    resetRoundingModes();
  }

  @Override
  public int roundingMode(int lane) {
    return ring.roundingMode(lane);
  }

  @Override
  public void copyScratchpad(int lane, byte[] target) {
    MemorySegment.copy(scratchpads[lane], JAVA_BYTE, 0, target, 0, target.length);
  }

  @Override
  public void close() {
    try (memory) {
      ring.close();
    }
  }
}
