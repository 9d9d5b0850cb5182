package io.p2pmining.core.x86;

import static io.p2pmining.core.x86.IntelSyntax.hex;
import static io.p2pmining.core.x86.IntelSyntax.hex32;
import static io.p2pmining.core.x86.IntelSyntax.text;
import static io.p2pmining.core.x86.IntelSyntax.text32;
import static io.p2pmining.core.x86.IntelSyntax.text8;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** Every instruction on general-purpose registers that is not a jump. */
final class GeneralForms {

  private interface RegisterOperand {
    void write(Assembler asm, Gpr register, Operand operand);
  }

  private interface RegisterValue {
    void write(Assembler asm, Gpr register, int value);
  }

  private interface OneRegister {
    void write(Assembler asm, Gpr register);
  }

  private interface OneOperand {
    void write(Assembler asm, Operand operand);
  }

  private interface OneAddress {
    void write(Assembler asm, Address address);
  }

  private final List<InstructionForm> forms = new ArrayList<>();

  private GeneralForms() {}

  static List<InstructionForm> all() {
    GeneralForms all = new GeneralForms();
    all.moves();
    all.arithmetic();
    all.multiplication();
    all.shifts();
    all.control();
    all.processor();
    all.bytes();
    return List.copyOf(all.forms);
  }

  private void moves() {
    loads("mov", 8, Assembler::mov);
    loads("mov", 4, Assembler::mov32);
    add("mov store", o -> stored(o, 8));
    add("mov store 32", o -> stored(o, 4));
    add("mov immediate", GeneralForms::movImmediate);
    add("mov32 store immediate", GeneralForms::movStoreImmediate);
    add("lea", o -> lea(o, 8));
    add("lea 32", o -> lea(o, 4));
    add("lea 32 wide", GeneralForms::leaWide);
    add("xchg", GeneralForms::xchg);
    registers("push", Assembler::push);
    registers("pop", Assembler::pop);
  }

  private void arithmetic() {
    loads("add", 8, Assembler::add);
    loads("add", 4, Assembler::add32);
    loads("sub", 8, Assembler::sub);
    loads("and", 8, Assembler::and);
    loads("and", 4, Assembler::and32);
    loads("xor", 8, Assembler::xor);
    loads("xor", 4, Assembler::xor32);
    loads("cmp", 8, Assembler::cmp);
    loads("cmp", 4, Assembler::cmp32);
    immediates("add", 8, Assembler::add);
    immediates("sub", 8, Assembler::sub);
    immediates("sub", 4, Assembler::sub32);
    immediates("and", 8, Assembler::and);
    immediates("and", 4, Assembler::and32);
    immediates("or", 4, Assembler::or32);
    immediates("xor", 8, Assembler::xor);
    immediates("cmp", 8, Assembler::cmp);
    immediates("cmp", 4, Assembler::cmp32);
    immediates("test", 4, Assembler::test32);
    registers("neg", Assembler::neg);
  }

  private void multiplication() {
    loads("imul", 8, Assembler::imul);
    add("imul immediate", GeneralForms::imulImmediate);
    operands("mul", Assembler::mul);
    operands("imul", Assembler::imul);
    operands("div", Assembler::div);
    loads("bsr", 8, Assembler::bsr);
    add("mulx", GeneralForms::mulx);
  }

  private void shifts() {
    counts("ror", 8, Assembler::ror);
    counts("rol", 8, Assembler::rol);
    counts("shl", 8, Assembler::shl);
    counts("shr", 8, Assembler::shr);
    counts("sar", 8, Assembler::sar);
    counts("rol", 4, Assembler::rol32);
    counts("shr", 4, Assembler::shr32);
    add("ror cl", o -> byCl("ror", o.gpr(), Assembler::rorByCl));
    add("rol cl", o -> byCl("rol", o.gpr(), Assembler::rolByCl));
    add("rorx", GeneralForms::rorx);
  }

  private void control() {
    operands("jmp", Assembler::jmp);
    operands("call", Assembler::call);
    plain("ret", Assembler::ret);
    plain("int3", Assembler::int3);
  }

  private void processor() {
    plain("cpuid", Assembler::cpuid);
    plain("xgetbv", Assembler::xgetbv);
    plain("sfence", Assembler::sfence);
    plain("vzeroupper", Assembler::vzeroupper);
    addresses("ldmxcsr", 4, Assembler::ldmxcsr);
    addresses("stmxcsr", 4, Assembler::stmxcsr);
    addresses("prefetcht0", 1, Assembler::prefetcht0);
    addresses("prefetchnta", 1, Assembler::prefetchnta);
  }

  private void bytes() {
    add("movzx 8", GeneralForms::movzx8);
    add("movzx 8 from memory", GeneralForms::movzx8FromMemory);
    add("movzx high 8", GeneralForms::movzxHigh8);
  }

  private void add(String name, Function<Operands, Instruction> maker) {
    forms.add(new InstructionForm(name, maker));
  }

  private void plain(String mnemonic, Consumer<Assembler> writer) {
    add(mnemonic, _ -> Instruction.of(mnemonic, writer));
  }

  private void loads(String mnemonic, int bytes, RegisterOperand writer) {
    add(
        mnemonic + " " + 8 * bytes,
        o -> {
          Gpr dst = o.gpr();
          Operand src = operand(o, bytes);
          String text = mnemonic + " " + text(dst, bytes) + "," + text(src, bytes);
          return Instruction.of(text, src, asm -> writer.write(asm, dst, src));
        });
  }

  private void immediates(String mnemonic, int bytes, RegisterValue writer) {
    String name = mnemonic + " immediate " + 8 * bytes;
    add(name, o -> immediate(mnemonic, bytes, o.gpr(), o.immediate32(), writer));
    if (!mnemonic.equals("test")) {
      add(name + " RAX", o -> immediate(mnemonic, bytes, Gpr.RAX, o.immediate32(), writer));
    }
  }

  private static Instruction immediate(
      String mnemonic, int bytes, Gpr dst, int value, RegisterValue writer) {
    String immediate = bytes == 4 ? hex32(value) : hex(value);
    String text = mnemonic + " " + text(dst, bytes) + "," + immediate;
    return Instruction.of(text, asm -> writer.write(asm, dst, value));
  }

  private void counts(String mnemonic, int bytes, RegisterValue writer) {
    add(
        mnemonic + " count " + 8 * bytes,
        o -> {
          Gpr register = o.gpr();
          int count = o.immediate8() & (8 * bytes - 1);
          String text = mnemonic + " " + text(register, bytes) + "," + hex(count);
          return Instruction.of(text, asm -> writer.write(asm, register, count));
        });
  }

  private void registers(String mnemonic, OneRegister writer) {
    add(
        mnemonic,
        o -> {
          Gpr register = o.gpr();
          String text = mnemonic + " " + text(register);
          return Instruction.of(text, asm -> writer.write(asm, register));
        });
  }

  private void operands(String mnemonic, OneOperand writer) {
    add(
        mnemonic + " operand",
        o -> {
          Operand operand = operand(o, 8);
          String text = mnemonic + " " + text(operand, 8);
          return Instruction.of(text, operand, asm -> writer.write(asm, operand));
        });
  }

  private void addresses(String mnemonic, int bytes, OneAddress writer) {
    add(
        mnemonic,
        o -> {
          Address address = o.address(bytes);
          String text = mnemonic + " " + text(address, bytes);
          return Instruction.of(text, address, asm -> writer.write(asm, address));
        });
  }

  private static Instruction stored(Operands o, int bytes) {
    Address dst = o.address(bytes);
    Gpr src = o.gpr();
    String text = "mov " + text(dst, bytes) + "," + text(src, bytes);
    return bytes == 4
        ? Instruction.of(text, dst, asm -> asm.mov32(dst, src))
        : Instruction.of(text, dst, asm -> asm.mov(dst, src));
  }

  private static Instruction movImmediate(Operands o) {
    Gpr dst = o.gpr();
    long value = o.immediate64();
    String text;
    if (value >>> 32 == 0) {
      text = "mov " + text32(dst) + "," + hex(value);
    } else {
      text = (value == (int) value ? "mov " : "movabs ") + text(dst) + "," + hex(value);
    }
    return Instruction.of(text, asm -> asm.mov(dst, value));
  }

  private static Instruction movStoreImmediate(Operands o) {
    Address dst = o.address(4);
    int value = o.immediate32();
    String text = "mov " + text(dst, 4) + "," + hex32(value);
    return Instruction.of(text, dst, asm -> asm.mov32(dst, value));
  }

  private static Instruction movzx8(Operands o) {
    Gpr dst = o.gpr();
    Gpr src = o.gpr();
    String text = "movzx " + text(dst, src.number() < 4 ? 4 : 8) + "," + text8(src);
    return Instruction.of(text, asm -> asm.movzx8(dst, src));
  }

  private static Instruction movzx8FromMemory(Operands o) {
    Gpr dst = o.gpr();
    Address src = o.address(1);
    String text = "movzx " + text32(dst) + "," + text(src, 1);
    return Instruction.of(text, src, asm -> asm.movzx8(dst, src));
  }

  private static Instruction movzxHigh8(Operands o) {
    Gpr dst = Gpr.of(o.gpr().number() & 7);
    Gpr src = Gpr.of(o.gpr().number() & 3);
    String text = "movzx " + text32(dst) + "," + text8(src).replace('l', 'h');
    return Instruction.of(text, asm -> asm.movzxHigh8(dst, src));
  }

  private static Instruction lea(Operands o, int bytes) {
    Gpr dst = o.gpr();
    Address src = o.address(1);
    String text = "lea " + text(dst, bytes) + "," + text(src);
    return bytes == 4
        ? Instruction.of(text, src, asm -> asm.lea32(dst, src))
        : Instruction.of(text, src, asm -> asm.lea(dst, src));
  }

  private static Instruction leaWide(Operands o) {
    Gpr dst = o.gpr();
    Gpr base = o.gpr();
    String text = "lea " + text32(dst) + ",[" + text(base) + "+0x7fffffff]";
    return Instruction.of(text, asm -> asm.lea32Wide(dst, base));
  }

  private static Instruction xchg(Operands o) {
    Gpr a = o.gpr();
    Gpr b = o.gpr();
    return Instruction.of("xchg " + text(a) + "," + text(b), asm -> asm.xchg(a, b));
  }

  private static Instruction imulImmediate(Operands o) {
    Gpr dst = o.gpr();
    Operand src = operand(o, 8);
    int value = o.immediate32();
    String text = "imul " + text(dst) + "," + text(src, 8) + "," + hex(value);
    return Instruction.of(text, src, asm -> asm.imul(dst, src, value));
  }

  private static Instruction mulx(Operands o) {
    Gpr high = o.gpr();
    Gpr low = o.gpr();
    Operand src = operand(o, 8);
    String text = "mulx " + text(high) + "," + text(low) + "," + text(src, 8);
    return Instruction.of(text, src, asm -> asm.mulx(high, low, src));
  }

  private static Instruction byCl(String mnemonic, Gpr register, OneRegister writer) {
    return Instruction.of(
        mnemonic + " " + text(register) + ",cl", asm -> writer.write(asm, register));
  }

  private static Instruction rorx(Operands o) {
    Gpr dst = o.gpr();
    Operand src = operand(o, 8);
    int count = o.immediate8() & 63;
    String text = "rorx " + text(dst) + "," + text(src, 8) + "," + hex(count);
    return Instruction.of(text, src, asm -> asm.rorx(dst, src, count));
  }

  private static Operand operand(Operands o, int bytes) {
    return o.inMemory() ? o.address(bytes) : o.gpr();
  }
}
