package io.p2pmining.core.randomx.superscalar;

import java.util.List;

/**
 * Runs the superscalar programs of one key. Immutable and safe for use by any thread.
 *
 * <p>{@link InterpretedPrograms} is the readable one that the other is tested against; {@link
 * TranslatedPrograms} is the fast one.
 */
public sealed interface SuperscalarExecutor permits InterpretedPrograms, TranslatedPrograms {

  /** The fastest executor for these programs. */
  static SuperscalarExecutor of(List<SuperscalarProgram> programs) {
    return TranslatedPrograms.of(programs);
  }

  /**
   * Runs one program.
   *
   * @param program the program's index
   * @param registers r0 to r7, read and written
   */
  void execute(int program, long[] registers);
}
