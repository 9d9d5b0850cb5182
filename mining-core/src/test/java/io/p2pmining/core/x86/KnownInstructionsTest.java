package io.p2pmining.core.x86;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.core.x86.VectorRegister.Width;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever operands are offered to whichever operation: what is written is an instruction. */
class KnownInstructionsTest {

  private interface Call {
    void write(Assembler asm, VectorOperation op, VectorRegister dst, VectorRegister a, Operand b);
  }

  private static final List<Call> CALLS =
      List.of(
          (asm, op, dst, _, b) -> asm.sse(op, dst, b),
          (asm, op, dst, _, b) -> asm.sse(op, dst, b, 1),
          (asm, op, dst, _, b) -> asm.sse(op, (Address) b, dst),
          (asm, op, dst, _, _) -> asm.sseShift(op, dst, 1),
          (asm, op, dst, _, b) -> asm.vector(op, dst, b),
          (asm, op, dst, _, b) -> asm.vector(op, dst, b, 1),
          (asm, op, dst, a, b) -> asm.vector(op, dst, a, b),
          (asm, op, dst, a, b) -> asm.vector(op, dst, a, b, 1),
          (asm, op, dst, _, b) -> asm.vector(op, (Address) b, dst),
          (asm, op, dst, _, b) -> asm.extract(op, b, dst, 1),
          (asm, op, dst, a, _) -> asm.vectorShift(op, dst, a, 1),
          (asm, op, dst, _, b) -> asm.evex(op, dst, b),
          (asm, op, dst, a, b) -> asm.evex(op, dst, a, b),
          (asm, op, dst, _, b) -> asm.rounded(op, Rounding.UP, dst, b),
          (asm, op, dst, a, b) -> asm.rounded(op, Rounding.UP, dst, a, b),
          (asm, op, dst, a, b) -> asm.broadcast(op, dst, a, (Address) b),
          (asm, op, dst, a, b) -> asm.masked(op, dst, 1, a, b),
          (asm, op, dst, _, b) -> asm.masked(op, dst, 1, b, 1));

  private final ByteArrayOutputStream code = new ByteArrayOutputStream();
  private final List<Integer> offsets = new ArrayList<>();
  private final List<VectorOperation> operations = new ArrayList<>();

  @Test
  void objdumpKnowsWhateverIsNotRefused(@TempDir Path folder) throws Exception {
    Binutils binutils = new Binutils(folder);
    for (VectorOperation op : VectorOperation.values()) {
      int before = operations.size();
      for (Call call : CALLS) {
        offerEveryWidth(op, call);
      }
      assertThat(operations).as("%s", op).hasSizeGreaterThan(before);
    }

    List<Binutils.Line> lines = binutils.disassemble(code.toByteArray());

    assertThat(lines).extracting(Binutils.Line::offset).isEqualTo(offsets);
    for (int i = 0; i < lines.size(); i++) {
      assertThat(lines.get(i).text()).contains(VectorSyntax.name(operations.get(i)));
      assertThat(lines.get(i).text()).doesNotContain("bad");
    }
  }

  private void offerEveryWidth(VectorOperation op, Call call) {
    for (int number = 1; number < 32; number += 16) {
      for (Width dst : Width.values()) {
        for (Width a : Width.values()) {
          VectorRegister register = new VectorRegister(number, dst);
          VectorRegister source = new VectorRegister(number + 1, a);
          offer(op, call, register, source, Address.at(Gpr.RAX, 64));
          offer(op, call, register, source, Gpr.RCX);
          for (Width b : Width.values()) {
            offer(op, call, register, source, new VectorRegister(number + 2, b));
          }
        }
      }
    }
  }

  private void offer(
      VectorOperation op, Call call, VectorRegister dst, VectorRegister a, Operand b) {
    Assembler asm = new Assembler();
    try {
      call.write(asm, op, dst, a, b);
    } catch (IllegalArgumentException | ClassCastException _) {
      return;
    }
    offsets.add(code.size());
    operations.add(op);
    code.writeBytes(asm.toByteArray());
  }
}
