package io.p2pmining.core.randomx.compiler;

import io.p2pmining.core.memory.OffHeapMemory;
import io.p2pmining.core.memory.PagePolicy;
import io.p2pmining.core.randomx.RandomXParameters;
import java.lang.foreign.ValueLayout;

/** The encoder of a variant's programs, for the last of four lanes. */
final class Encoding implements AutoCloseable {

  private static final int LANES = 4;
  private static final int LAST_LANE = LANES - 1;

  private final LaneLayout layout;
  private final int maxBytes;
  private final ProgramEncoder encoder;
  private final OffHeapMemory program;
  private final OffHeapMemory code;
  private final OffHeapMemory lanes;

  Encoding(RandomXParameters parameters, CompilerTarget target) {
    InstructionCode instructions =
        new InstructionCode(FloatCode.of(target.avx512()), parameters.scratchpad(), target.bmi2());
    TemplateTable table =
        new TemplateTable(instructions, parameters.frequencies(), parameters.scratchpad());
    RoundingCode rounding = new RoundingCode(target.avx512(), parameters.version(), target.bmi2());
    int size = parameters.programSize();
    layout = new LaneLayout(LANES, size);
    maxBytes = ProgramEncoder.maxBytes(table, rounding, size);
    encoder = new ProgramEncoder(new EncoderCode(table, target.avx512()), rounding, size, maxBytes);
    program = ProgramBuffers.allocate(parameters);
    int room = maxBytes + ProgramEncoder.OVERRUN_BYTES;
    code = OffHeapMemory.allocate(room, "code", PagePolicy.SMALL);
    lanes = OffHeapMemory.allocate(layout.byteSize(), "lanes", PagePolicy.SMALL);
  }

  /** The most that a program's code can take. */
  int maxBytes() {
    return maxBytes;
  }

  /** The offset of the lane. */
  int lane() {
    return layout.lane(LAST_LANE);
  }

  /** The code of a program that rounds to nearest, from its first instruction on. */
  byte[] code(long[] buffer) {
    int length = length(buffer, 0);
    return code.segment()
        .asSlice(encoder.copyStart(), length - encoder.copyStart())
        .toArray(ValueLayout.JAVA_BYTE);
  }

  /** The length of a program's code. */
  int length(long[] buffer) {
    return length(buffer, 3);
  }

  private int length(long[] buffer, int mode) {
    int lane = lane();
    encoder.encode(
        ProgramBuffers.copy(buffer, program),
        code.segment(),
        0,
        -1 << 20,
        lanes.segment(),
        lane,
        lane + layout.targets(),
        mode);
    return encoder.length();
  }

  @Override
  public void close() {
    try (program;
        code;
        lanes) {
      encoder.close();
    }
  }
}
