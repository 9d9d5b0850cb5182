package io.p2pmining.core.x86;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Short programs whose bytes depend on positions, and what fills the space between them. */
final class LabelPrograms {

  private static final List<String> CONDITIONS =
      List.of(
          "o", "no", "b", "ae", "e", "ne", "be", "a", "s", "ns", "p", "np", "l", "ge", "le", "g");

  /** One nop each, from one byte on. */
  private static final List<String> NOPS =
      List.of(
          "nop",
          "xchg ax,ax",
          "nop DWORD PTR [rax]",
          "{disp8} nop DWORD PTR [rax+0x0]",
          "{disp8} nop DWORD PTR [rax+rax*1+0x0]",
          "{disp8} nop WORD PTR [rax+rax*1+0x0]",
          "{disp32} nop DWORD PTR [rax+0x0]",
          "{disp32} nop DWORD PTR [rax+rax*1+0x0]",
          "{disp32} nop WORD PTR [rax+rax*1+0x0]");

  private static final int LONGEST_BACK = 126;
  private static final int LONGEST_AHEAD = 127;

  private final List<Instruction> programs = new ArrayList<>();

  private LabelPrograms() {}

  static List<Instruction> all() {
    LabelPrograms all = new LabelPrograms();
    all.jumpsBack();
    all.jumpsAhead();
    all.addressesRelativeToLabels();
    all.fillings();
    return List.copyOf(all.programs);
  }

  private void jumpsBack() {
    back("jmp", 0, Assembler::jmp);
    back("jmp", LONGEST_BACK, Assembler::jmp);
    back("jmp", LONGEST_BACK + 1, Assembler::jmp);
    back("call", 0, Assembler::call);
    for (Condition condition : Condition.values()) {
      String mnemonic = mnemonic(condition);
      back(mnemonic, 1, (asm, label) -> asm.jump(condition, label));
      back(mnemonic, LONGEST_BACK, (asm, label) -> asm.jump(condition, label));
      back(mnemonic, LONGEST_BACK + 1, (asm, label) -> asm.jump(condition, label));
    }
  }

  private void jumpsAhead() {
    ahead("{disp32} jmp", 0, Assembler::jmp);
    ahead("{disp32} jmp", 5, Assembler::jmp);
    ahead("jmp", 0, Assembler::jmpShort);
    ahead("jmp", LONGEST_AHEAD, Assembler::jmpShort);
    ahead("call", 3, Assembler::call);
    for (Condition condition : Condition.values()) {
      String mnemonic = mnemonic(condition);
      ahead("{disp32} " + mnemonic, 2, (asm, label) -> asm.jump(condition, label));
      ahead(mnemonic, 0, (asm, label) -> asm.jumpShort(condition, label));
      ahead(mnemonic, LONGEST_AHEAD, (asm, label) -> asm.jumpShort(condition, label));
    }
    back("jne", 9, (asm, label) -> asm.jumpShort(Condition.NOT_ZERO, label));
  }

  private void addressesRelativeToLabels() {
    relative("mov rcx,QWORD PTR %s", (asm, a) -> asm.mov(Gpr.RCX, a));
    relative("mov DWORD PTR %s,0x12345678", (asm, a) -> asm.mov32(a, 0x12345678));
    relative("lea r15,%s", (asm, a) -> asm.lea(Gpr.R15, a));
    relative("imul rcx,QWORD PTR %s,0x7", (asm, a) -> asm.imul(Gpr.RCX, a, 7));
    relative("imul rcx,QWORD PTR %s,0x777", (asm, a) -> asm.imul(Gpr.RCX, a, 0x777));
    relative("rorx rcx,QWORD PTR %s,0x7", (asm, a) -> asm.rorx(Gpr.RCX, a, 7));
    relative("mulx rcx,rdx,QWORD PTR %s", (asm, a) -> asm.mulx(Gpr.RCX, Gpr.RDX, a));
    relative("jmp QWORD PTR %s", (asm, a) -> asm.jmp(a));
    relative("ldmxcsr DWORD PTR %s", (asm, a) -> asm.ldmxcsr(a));
    VectorRegister low = VectorRegister.xmm(1);
    VectorRegister high = VectorRegister.zmm(17);
    relative("andps xmm1,XMMWORD PTR %s", (asm, a) -> asm.sse(VectorOperation.ANDPS, low, a));
    relative(
        "pshufd xmm1,XMMWORD PTR %s,7", (asm, a) -> asm.sse(VectorOperation.PSHUFD, low, a, 7));
    relative(
        "vpalignr xmm1,xmm1,XMMWORD PTR %s,0x7",
        (asm, a) -> asm.vector(VectorOperation.PALIGNR, low, low, a, 7));
    relative(
        "vpternlogq zmm17,zmm17,ZMMWORD PTR %s,0xca",
        (asm, a) -> asm.vector(VectorOperation.PTERNLOGQ, high, high, a, 0xca));
    relative(
        "vextracti64x2 XMMWORD PTR %s,zmm17,0x3",
        (asm, a) -> asm.extract(VectorOperation.EXTRACTI64X2, a, high, 3));
  }

  private void fillings() {
    for (int length = 1; length <= NOPS.size(); length++) {
      int bytes = length;
      String nop = NOPS.get(length - 1);
      add(nop, asm -> asm.nops(bytes));
      String longest = NOPS.getLast();
      add(longest + "; " + longest + "; " + nop, asm -> asm.nops(2 * NOPS.size() + bytes));
      add(
          fill(16 - bytes) + "; " + nop,
          asm -> {
            fill(asm, 16 - bytes);
            asm.align(16);
          });
    }
    add(
        fill(4),
        asm -> {
          fill(asm, 4);
          asm.align(4);
        });
    add(".byte 0xfe", asm -> asm.data8(0xfe));
    add(".long 0x89abcdef", asm -> asm.data32(0x89abcdef));
    add(".quad 0x0123456789abcdef", asm -> asm.data64(0x0123456789abcdefL));
  }

  private interface ToLabel {
    void write(Assembler asm, Label label);
  }

  private interface ToAddress {
    void write(Assembler asm, Address address);
  }

  private void add(String text, Consumer<Assembler> writer) {
    programs.add(Instruction.of(text, writer));
  }

  private void back(String mnemonic, int distance, ToLabel jump) {
    String label = nextLabel();
    add(
        label + ": " + fill(distance) + "; " + mnemonic + " " + label,
        asm -> {
          Label target = new Label();
          asm.bind(target);
          fill(asm, distance);
          jump.write(asm, target);
        });
  }

  private void ahead(String mnemonic, int distance, ToLabel jump) {
    String label = nextLabel();
    add(
        mnemonic + " " + label + "; " + fill(distance) + "; " + label + ":",
        asm -> {
          Label target = new Label();
          jump.write(asm, target);
          fill(asm, distance);
          asm.bind(target);
        });
  }

  /** The label before the instruction, and behind it with an offset. */
  private void relative(String instruction, ToAddress writer) {
    String before = nextLabel();
    add(
        before + ": ret; " + instruction.formatted("[rip+" + before + "]"),
        asm -> {
          Label target = new Label();
          asm.bind(target);
          asm.ret();
          writer.write(asm, Address.of(target));
        });
    String behind = nextLabel();
    add(
        instruction.formatted("[rip+" + behind + "+0x40]") + "; ret; " + behind + ":",
        asm -> {
          Label target = new Label();
          writer.write(asm, Address.of(target).plus(0x40));
          asm.ret();
          asm.bind(target);
        });
  }

  private String nextLabel() {
    return "label" + programs.size();
  }

  private static String mnemonic(Condition condition) {
    return "j" + CONDITIONS.get(condition.ordinal());
  }

  private static String fill(int bytes) {
    return ".fill " + bytes + ",1,0xcc";
  }

  private static void fill(Assembler asm, int bytes) {
    for (int i = 0; i < bytes; i++) {
      asm.data8(0xcc);
    }
  }
}
