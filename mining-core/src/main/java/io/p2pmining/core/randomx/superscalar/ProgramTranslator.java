package io.p2pmining.core.randomx.superscalar;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;
import static java.lang.constant.ConstantDescs.INIT_NAME;
import static java.lang.constant.ConstantDescs.MTD_void;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Translates superscalar programs to a Java class that implements {@link TranslatedPrograms.Code}.
 *
 * <p>Each program becomes a static method of its own, in which r0 to r7 are local variables:
 *
 * <pre>
 *   local 0        long[] registers
 *   local 1 + 2n   rn
 * </pre>
 *
 * A program of 170 cycles makes about 4 KB of bytecode; HotSpot compiles methods of up to 8000
 * bytes.
 */
final class ProgramTranslator {

  private static final ClassDesc THIS_CLASS =
      ClassDesc.of(ProgramTranslator.class.getPackageName(), "SuperscalarCode");
  private static final ClassDesc CODE =
      TranslatedPrograms.Code.class.describeConstable().orElseThrow();
  private static final ClassDesc MATH = Math.class.describeConstable().orElseThrow();
  private static final ClassDesc LONG = Long.class.describeConstable().orElseThrow();
  private static final ClassDesc INDEX_EXCEPTION =
      IndexOutOfBoundsException.class.describeConstable().orElseThrow();
  private static final MethodTypeDesc EXECUTE =
      MethodTypeDesc.of(CD_void, CD_int, CD_long.arrayType());
  private static final MethodTypeDesc RUN = MethodTypeDesc.of(CD_void, CD_long.arrayType());
  private static final MethodTypeDesc MULTIPLY_HIGH = MethodTypeDesc.of(CD_long, CD_long, CD_long);
  private static final MethodTypeDesc ROTATE = MethodTypeDesc.of(CD_long, CD_long, CD_int);
  private static final int REGISTERS_LOCAL = 0;

  private final List<SuperscalarProgram> programs;

  ProgramTranslator(List<SuperscalarProgram> programs) {
    this.programs = programs;
  }

  byte[] classFile() {
    return ClassFile.of().build(THIS_CLASS, this::writeClass);
  }

  private void writeClass(ClassBuilder type) {
    type.withFlags(ClassFile.ACC_FINAL)
        .withInterfaceSymbols(CODE)
        .withMethodBody(INIT_NAME, MTD_void, 0, ProgramTranslator::writeConstructor)
        .withMethodBody("execute", EXECUTE, ClassFile.ACC_PUBLIC, this::writeDispatch);
    for (int i = 0; i < programs.size(); i++) {
      SuperscalarProgram program = programs.get(i);
      type.withMethodBody(
          methodName(i),
          RUN,
          ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC,
          code -> writeProgram(code, program));
    }
  }

  private static void writeConstructor(CodeBuilder code) {
    code.aload(0).invokespecial(CD_Object, INIT_NAME, MTD_void).return_();
  }

  /** Calls the method of the program whose index is the first argument. */
  private void writeDispatch(CodeBuilder code) {
    Label unknown = code.newLabel();
    List<SwitchCase> cases =
        IntStream.range(0, programs.size())
            .mapToObj(i -> SwitchCase.of(i, code.newLabel()))
            .toList();
    code.iload(1).tableswitch(0, programs.size() - 1, unknown, cases);
    for (SwitchCase each : cases) {
      code.labelBinding(each.target())
          .aload(2)
          .invokestatic(THIS_CLASS, methodName(each.caseValue()), RUN)
          .return_();
    }
    code.labelBinding(unknown)
        .new_(INDEX_EXCEPTION)
        .dup()
        .iload(1)
        .invokespecial(INDEX_EXCEPTION, INIT_NAME, MethodTypeDesc.of(CD_void, CD_int))
        .athrow();
  }

  private static String methodName(int program) {
    return "program" + program;
  }

  private static void writeProgram(CodeBuilder code, SuperscalarProgram program) {
    for (int register = 0; register < SuperscalarProgram.REGISTER_COUNT; register++) {
      code.aload(REGISTERS_LOCAL).loadConstant(register).laload().lstore(local(register));
    }
    for (SuperscalarInstruction instruction : program.instructions()) {
      writeInstruction(code.lload(local(instruction.dst())), instruction);
      code.lstore(local(instruction.dst()));
    }
    for (int register = 0; register < SuperscalarProgram.REGISTER_COUNT; register++) {
      code.aload(REGISTERS_LOCAL).loadConstant(register).lload(local(register)).lastore();
    }
    code.return_();
  }

  /** Replaces the destination's value on the stack by the result. */
  private static void writeInstruction(CodeBuilder code, SuperscalarInstruction instruction) {
    int src = local(instruction.src());
    long constant = instruction.constant();
    switch (instruction.opcode()) {
      case ISUB_R -> code.lload(src).lsub();
      case IXOR_R -> code.lload(src).lxor();
      case IADD_RS -> code.lload(src).loadConstant(instruction.shift()).lshl().ladd();
      case IMUL_R -> code.lload(src).lmul();
      case IROR_C -> code.loadConstant((int) constant).invokestatic(LONG, "rotateRight", ROTATE);
      case IADD_C7, IADD_C8, IADD_C9 -> code.loadConstant(constant).ladd();
      case IXOR_C7, IXOR_C8, IXOR_C9 -> code.loadConstant(constant).lxor();
      case IMULH_R -> code.lload(src).invokestatic(MATH, "unsignedMultiplyHigh", MULTIPLY_HIGH);
      case ISMULH_R -> code.lload(src).invokestatic(MATH, "multiplyHigh", MULTIPLY_HIGH);
      case IMUL_RCP -> code.loadConstant(constant).lmul();
    }
  }

  private static int local(int register) {
    return 1 + 2 * register;
  }
}
