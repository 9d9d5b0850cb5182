package io.p2pmining.core.x86;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another program reads in our bytes what we meant. */
class DisassemblyTest {

  private static final int ROUNDS = 40;

  @TempDir Path folder;

  @Test
  void objdumpReadsRandomInstructionsAsMeant() throws Exception {
    Binutils binutils = new Binutils(folder);
    long seed = new Random().nextLong();
    System.out.println("DisassemblyTest: seed=" + seed);
    RandomOperands operands = new RandomOperands(new Random(seed));
    List<Binutils.Line> meant = new ArrayList<>();
    ByteArrayOutputStream code = new ByteArrayOutputStream();
    for (InstructionForm form :
        Stream.concat(GeneralForms.all().stream(), VectorForms.all().stream()).toList()) {
      for (int i = 0; i < ROUNDS; i++) {
        Instruction instruction = form.with(operands);
        meant.add(new Binutils.Line(code.size(), instruction.textWithoutHint()));
        code.writeBytes(instruction.bytes());
      }
    }
    List<Binutils.Line> read = binutils.disassemble(code.toByteArray());
    List<String> differences = new ArrayList<>();
    for (int i = 0; i < Math.min(meant.size(), read.size()); i++) {
      if (!meant.get(i).equals(read.get(i))) {
        differences.add("meant " + meant.get(i) + ", read " + read.get(i));
      }
    }
    assertThat(differences).as("seed=%d", seed).isEmpty();
    assertThat(read).as("seed=%d", seed).hasSameSizeAs(meant);
  }
}
