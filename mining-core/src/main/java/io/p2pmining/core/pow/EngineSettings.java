package io.p2pmining.core.pow;

import io.p2pmining.core.memory.PagePolicy;
import io.p2pmining.core.memory.Sharing;

/**
 * How hashes are to be computed. Changes speed and memory, never a result.
 *
 * @param compiler whether generated machine code computes them
 * @param instructions which extensions that code may use
 * @param lanes how many hashes one thread computes side by side, 1 to {@link #MAX_LANES}; {@link
 *     #AUTO_LANES} leaves it to the engine
 * @param pages the pages under the large tables
 * @param sharing whether processes have one copy of them
 */
public record EngineSettings(
    CompilerPolicy compiler,
    InstructionLimit instructions,
    int lanes,
    PagePolicy pages,
    Sharing sharing) {

  /** The engine chooses how many hashes run side by side. */
  public static final int AUTO_LANES = 0;

  /** More lanes gain nothing on any processor that was tried. */
  public static final int MAX_LANES = 4;

  /** The best that the machine offers. */
  public static final EngineSettings AUTO =
      new EngineSettings(CompilerPolicy.AUTO, InstructionLimit.AUTO, AUTO_LANES, PagePolicy.AUTO);

  public EngineSettings {
    if (lanes < AUTO_LANES || lanes > MAX_LANES) {
      throw new IllegalArgumentException("lanes=" + lanes + ", must be 1 to " + MAX_LANES);
    }
  }

  /** Tables of this process's own. */
  public EngineSettings(
      CompilerPolicy compiler, InstructionLimit instructions, int lanes, PagePolicy pages) {
    this(compiler, instructions, lanes, pages, Sharing.OFF);
  }

  /** The most hashes that may run side by side on a thread: what memory must suffice for. */
  public int mostLanes() {
    return lanes == AUTO_LANES ? MAX_LANES : lanes;
  }

  /** The same, under another compiler policy. */
  public EngineSettings withCompiler(CompilerPolicy policy) {
    return new EngineSettings(policy, instructions, lanes, pages, sharing);
  }

  /** The same, with another limit of instructions. */
  public EngineSettings withInstructions(InstructionLimit limit) {
    return new EngineSettings(compiler, limit, lanes, pages, sharing);
  }

  /** The same, with another number of hashes side by side. */
  public EngineSettings withLanes(int count) {
    return new EngineSettings(compiler, instructions, count, pages, sharing);
  }

  /** The same, on other pages. */
  public EngineSettings withPages(PagePolicy policy) {
    return new EngineSettings(compiler, instructions, lanes, policy, sharing);
  }

  /** The same, with tables that processes share. */
  public EngineSettings withSharing(Sharing tables) {
    return new EngineSettings(compiler, instructions, lanes, pages, tables);
  }
}
