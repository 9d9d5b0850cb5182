package io.p2pmining.core.randomx.compiler;

import io.p2pmining.core.pow.PrefetchMode;
import io.p2pmining.core.randomx.RandomXParameters;

/**
 * Compiles the programs of one variant for one processor and one dataset. Immutable and safe for
 * use by any thread; each thread runs programs on a {@link LaneRing} of its own.
 */
public final class ProgramCompiler {

  private final RandomXParameters parameters;
  private final DatasetAccess dataset;
  private final FloatCode floats;
  private final RoundingCode rounding;
  private final EncoderCode encoderCode;
  private final int maxProgramBytes;
  private final boolean aesInstructions;

  public ProgramCompiler(
      RandomXParameters parameters, CompilerTarget target, DatasetAccess dataset) {
    this.parameters = parameters;
    this.dataset = dataset;
    this.floats = FloatCode.of(target.avx512());
    this.rounding = new RoundingCode(target.avx512(), parameters.version(), target.bmi2());
    TemplateTable templates =
        new TemplateTable(
            new InstructionCode(floats, parameters.scratchpad(), target.bmi2()),
            parameters.frequencies(),
            parameters.scratchpad());
    this.encoderCode = new EncoderCode(templates, rounding.isEmbedded());
    this.maxProgramBytes = ProgramEncoder.maxBytes(templates, rounding, parameters.programSize());
    this.aesInstructions = target.aes();
  }

  /**
   * A new ring.
   *
   * @param prefetch how items are fetched ahead, {@link PrefetchMode#AUTO} for at once; where they
   *     are computed, it does not matter
   * @param scratchpads address of the scratchpads of all lanes, one behind the other, at a page
   * @throws io.p2pmining.core.memory.CodeMemoryException if there is no memory for code
   * @throws io.p2pmining.core.memory.InsufficientMemoryException if there is no memory for lanes
   */
  public LaneRing newRing(int lanes, PrefetchMode prefetch, long scratchpads) {
    LaneLayout layout = new LaneLayout(lanes, parameters.programSize());
    int datasetMask =
        switch (dataset) {
          case DatasetAccess.Stored(long address, int mask) -> mask;
          case DatasetAccess.Computed computed -> LoopShape.WHOLE_DATASET;
        };
    LoopShape shape =
        new LoopShape(
            parameters.version(),
            lanes,
            parameters.scratchpad().l3LineMask(),
            datasetMask,
            dataset instanceof DatasetAccess.Computed,
            prefetch == PrefetchMode.WALK_FIRST,
            aesInstructions);
    int bodyBytes = maxProgramBytes + ProgramEncoder.OVERRUN_BYTES;
    LoopCode loop = new LoopCode(shape, layout, floats, bodyBytes);
    ProgramEncoder encoder =
        new ProgramEncoder(encoderCode, rounding, parameters.programSize(), maxProgramBytes);
    return new LaneRing(parameters, dataset, layout, loop, encoder, scratchpads);
  }
}
