package io.p2pmining.core.randomx.superscalar;

import java.lang.invoke.MethodHandles;
import java.util.List;

/**
 * Executes programs that were translated to JVM bytecode, one method each, which HotSpot compiles
 * after a while and until then interprets. The class lives as long as this object.
 */
public final class TranslatedPrograms implements SuperscalarExecutor {

  private final Code code;

  /** What a translated class implements. */
  interface Code {
    void execute(int program, long[] registers);
  }

  private TranslatedPrograms(Code code) {
    this.code = code;
  }

  public static TranslatedPrograms of(List<SuperscalarProgram> programs) {
    byte[] classFile = new ProgramTranslator(programs).classFile();
    try {
      return new TranslatedPrograms(
          (Code)
              MethodHandles.lookup()
                  .defineHiddenClass(classFile, true)
                  .lookupClass()
                  .getDeclaredConstructor()
                  .newInstance());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the translation of superscalar programs is faulty", e);
    }
  }

  /** The class of this key alone. */
  Class<?> translation() {
    return code.getClass();
  }

  @Override
  public void execute(int program, long[] registers) {
    code.execute(program, registers);
  }
}
