package io.p2pmining.core.x86;

import static io.p2pmining.core.x86.IntelSyntax.hex;
import static io.p2pmining.core.x86.IntelSyntax.text;
import static io.p2pmining.core.x86.VectorRegister.Width.XMM;
import static io.p2pmining.core.x86.VectorRegister.Width.ZMM;

import io.p2pmining.core.x86.VectorRegister.Width;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Every vector operation in every form and width that it claims. */
final class VectorForms {

  private static final int LEGACY_REGISTERS = 16;
  private static final int ALL_REGISTERS = 32;

  private final List<InstructionForm> forms = new ArrayList<>();

  private VectorForms() {}

  static List<InstructionForm> all() {
    VectorForms all = new VectorForms();
    for (VectorOperation op : VectorOperation.values()) {
      if (op.forms.legacy) {
        all.add(op + " legacy", o -> legacy(op, o));
      }
      for (Width width : VectorSyntax.widths(op)) {
        all.add(op + " " + width, o -> vector(op, width, o));
        if (op.forms.vex && op.forms.evex && VectorSyntax.hasNoImmediate(op)) {
          all.add(op + " " + width + " evex", o -> evex(op, width, o));
        }
        if (VectorSyntax.isMaskable(op)) {
          all.add(op + " " + width + " masked", o -> masked(op, width, o));
        }
        if (VectorSyntax.takesOneWordForAllLanes(op)) {
          all.add(op + " " + width + " broadcast", o -> broadcast(op, width, o));
        }
        if (VectorSyntax.shape(op) == VectorSyntax.Shape.ONE_IMMEDIATE) {
          all.add(op + " " + width + " masked", o -> maskedImmediate(op, width, o));
        }
      }
      if (VectorSyntax.isRounding(op)) {
        all.add(op + " rounded", o -> rounded(op, o));
      }
    }
    all.add("movq to vector", VectorForms::movqToVector);
    all.add("movq from vector", VectorForms::movqFromVector);
    for (Width width : Width.values()) {
      all.add("broadcastq " + width, o -> broadcastq(width, o));
      all.add("movq2m " + width, o -> movq2m(width, o));
    }
    all.add("kmovb", VectorForms::kmovb);
    return List.copyOf(all.forms);
  }

  private void add(String name, Function<Operands, Instruction> maker) {
    forms.add(new InstructionForm(name, maker));
  }

  private static Instruction legacy(VectorOperation op, Operands o) {
    VectorRegister reg = o.vector(XMM, LEGACY_REGISTERS);
    String name = VectorSyntax.name(op) + " ";
    switch (VectorSyntax.shape(op)) {
      case STORE -> {
        Address dst = o.address(16);
        String text = name + text(dst, 16) + "," + text(reg);
        return Instruction.of(text, dst, asm -> asm.sse(op, dst, reg));
      }
      case SHIFT -> {
        int count = o.immediate8();
        String text = name + text(reg) + "," + hex(count);
        return Instruction.of(text, asm -> asm.sseShift(op, reg, count));
      }
      case ONE_IMMEDIATE, TWO_IMMEDIATE -> {
        Operand src = source(op, XMM, LEGACY_REGISTERS, o);
        int value = o.immediate8();
        String text =
            name
                + text(reg)
                + ","
                + text(src, VectorSyntax.sourceBytes(op, XMM))
                + ","
                + hex(value);
        return Instruction.of(text, src, asm -> asm.sse(op, reg, src, value));
      }
      default -> {
        Operand src = source(op, XMM, LEGACY_REGISTERS, o);
        String text = name + text(reg) + "," + text(src, VectorSyntax.sourceBytes(op, XMM));
        return Instruction.of(text, src, asm -> asm.sse(op, reg, src));
      }
    }
  }

  private static Instruction vector(VectorOperation op, Width width, Operands o) {
    int count = op.forms.evex ? ALL_REGISTERS : LEGACY_REGISTERS;
    VectorRegister dst = o.vector(width, count);
    int bytes = VectorSyntax.sourceBytes(op, width);
    switch (VectorSyntax.shape(op)) {
      case ONE, LOAD -> {
        Operand src =
            VectorSyntax.shape(op) == VectorSyntax.Shape.LOAD
                ? o.address(bytes)
                : source(op, width, count, o);
        String text = VectorSyntax.name(op, dst, src) + text(dst) + "," + text(src, bytes);
        return Instruction.of(text, src, asm -> asm.vector(op, dst, src));
      }
      case ONE_IMMEDIATE -> {
        Operand src = source(op, width, count, o);
        int value = o.immediate8();
        String text =
            VectorSyntax.name(op, dst, src) + text(dst) + "," + text(src, bytes) + "," + hex(value);
        return Instruction.of(text, src, asm -> asm.vector(op, dst, src, value));
      }
      case TWO -> {
        VectorRegister a = o.vector(width, count);
        Operand b = source(op, width, count, o);
        String text =
            VectorSyntax.name(op, dst, a, b) + text(dst) + "," + text(a) + "," + text(b, bytes);
        return Instruction.of(text, b, asm -> asm.vector(op, dst, a, b));
      }
      case TWO_IMMEDIATE -> {
        VectorRegister a = o.vector(width, count);
        Operand b = source(op, width, count, o);
        int value = o.immediate8();
        String sources = text(a) + "," + text(b, bytes) + "," + hex(value);
        String text = VectorSyntax.name(op, dst, a, b) + text(dst) + "," + sources;
        return Instruction.of(text, b, asm -> asm.vector(op, dst, a, b, value));
      }
      case STORE -> {
        Address memory = o.address(bytes);
        String text = VectorSyntax.name(op, dst) + text(memory, bytes) + "," + text(dst);
        return Instruction.of(text, memory, asm -> asm.vector(op, memory, dst));
      }
      case SHIFT -> {
        VectorRegister src = o.vector(width, count);
        int value = o.immediate8();
        String text =
            VectorSyntax.name(op, dst, src) + text(dst) + "," + text(src) + "," + hex(value);
        return Instruction.of(text, asm -> asm.vectorShift(op, dst, src, value));
      }
      case EXTRACT -> {
        Operand part = source(op, width, count, o);
        int value = o.immediate8();
        String text =
            VectorSyntax.name(op, dst, part)
                + text(part, bytes)
                + ","
                + text(dst)
                + ","
                + hex(value);
        return Instruction.of(text, part, asm -> asm.extract(op, part, dst, value));
      }
    }
    throw new AssertionError(op);
  }

  private static Instruction evex(VectorOperation op, Width width, Operands o) {
    VectorRegister dst = o.vector(width, ALL_REGISTERS);
    String name = Instruction.EVEX_HINT + VectorSyntax.evexName(op) + " ";
    int bytes = VectorSyntax.sourceBytes(op, width);
    if (VectorSyntax.shape(op) == VectorSyntax.Shape.ONE) {
      Operand src = source(op, width, ALL_REGISTERS, o);
      String text = name + text(dst) + "," + text(src, bytes);
      return Instruction.of(text, src, asm -> asm.evex(op, dst, src));
    }
    VectorRegister a = o.vector(width, ALL_REGISTERS);
    Operand b = source(op, width, ALL_REGISTERS, o);
    String text = name + text(dst) + "," + text(a) + "," + text(b, bytes);
    return Instruction.of(text, b, asm -> asm.evex(op, dst, a, b));
  }

  private static Instruction broadcast(VectorOperation op, Width width, Operands o) {
    VectorRegister dst = o.vector(width, ALL_REGISTERS);
    VectorRegister a = o.vector(width, ALL_REGISTERS);
    Address word = o.address(Long.BYTES);
    String sources = text(a) + ",QWORD BCST " + text(word);
    String text = VectorSyntax.evexName(op) + " " + text(dst) + "," + sources;
    return Instruction.of(text, word, asm -> asm.broadcast(op, dst, a, word));
  }

  private static Instruction masked(VectorOperation op, Width width, Operands o) {
    VectorRegister dst = o.vector(width, ALL_REGISTERS);
    int mask = 1 + o.immediate8() % 7;
    VectorRegister a = o.vector(width, ALL_REGISTERS);
    Operand b = source(op, width, ALL_REGISTERS, o);
    String sources = text(a) + "," + text(b, VectorSyntax.sourceBytes(op, width));
    String text = VectorSyntax.evexName(op) + " " + text(dst) + "{k" + mask + "}," + sources;
    return Instruction.of(text, b, asm -> asm.masked(op, dst, mask, a, b));
  }

  private static Instruction maskedImmediate(VectorOperation op, Width width, Operands o) {
    VectorRegister dst = o.vector(width, ALL_REGISTERS);
    int mask = 1 + o.immediate8() % 7;
    Operand src = source(op, width, ALL_REGISTERS, o);
    int value = o.immediate8();
    String operands =
        "{k" + mask + "}," + text(src, VectorSyntax.sourceBytes(op, width)) + "," + hex(value);
    String text = VectorSyntax.evexName(op) + " " + text(dst) + operands;
    return Instruction.of(text, src, asm -> asm.masked(op, dst, mask, src, value));
  }

  private static Instruction rounded(VectorOperation op, Operands o) {
    Width width = VectorSyntax.isScalar(op) ? XMM : ZMM;
    Rounding rounding = Rounding.values()[o.immediate8() & 3];
    String suffix =
        switch (rounding) {
          case NEAREST -> "{rn-sae}";
          case DOWN -> "{rd-sae}";
          case UP -> "{ru-sae}";
          case TOWARDS_ZERO -> "{rz-sae}";
        };
    VectorRegister dst = o.vector(width, ALL_REGISTERS);
    VectorRegister src = o.vector(width, ALL_REGISTERS);
    String text = VectorSyntax.evexName(op) + " " + text(dst) + "," + text(src);
    if (VectorSyntax.shape(op) == VectorSyntax.Shape.ONE) {
      return Instruction.of(text + suffix, asm -> asm.rounded(op, rounding, dst, src));
    }
    VectorRegister b = o.vector(width, ALL_REGISTERS);
    return Instruction.of(
        text + "," + text(b) + suffix, asm -> asm.rounded(op, rounding, dst, src, b));
  }

  private static Instruction movqToVector(Operands o) {
    VectorRegister dst = o.vector(XMM, LEGACY_REGISTERS);
    Gpr src = o.gpr();
    return Instruction.of("movq " + text(dst) + "," + text(src), asm -> asm.movq(dst, src));
  }

  private static Instruction movqFromVector(Operands o) {
    Gpr dst = o.gpr();
    VectorRegister src = o.vector(XMM, LEGACY_REGISTERS);
    return Instruction.of("movq " + text(dst) + "," + text(src), asm -> asm.movq(dst, src));
  }

  private static Instruction broadcastq(Width width, Operands o) {
    VectorRegister dst = o.vector(width, ALL_REGISTERS);
    Gpr src = o.gpr();
    return Instruction.of(
        "vpbroadcastq " + text(dst) + "," + text(src), asm -> asm.broadcastq(dst, src));
  }

  private static Instruction movq2m(Width width, Operands o) {
    int mask = o.immediate8() & 7;
    VectorRegister src = o.vector(width, ALL_REGISTERS);
    return Instruction.of("vpmovq2m k" + mask + "," + text(src), asm -> asm.movq2m(mask, src));
  }

  private static Instruction kmovb(Operands o) {
    int mask = o.immediate8() & 7;
    Gpr src = o.gpr();
    return Instruction.of(
        "kmovb k" + mask + "," + IntelSyntax.text32(src), asm -> asm.kmovb(mask, src));
  }

  private static Operand source(VectorOperation op, Width width, int count, Operands o) {
    return o.inMemory()
        ? o.address(VectorSyntax.sourceBytes(op, width))
        : o.vector(VectorSyntax.sourceWidth(op, width), count);
  }
}
