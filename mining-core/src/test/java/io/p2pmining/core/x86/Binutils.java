package io.p2pmining.core.x86;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** GNU binutils: what others make of our bytes, and which bytes others make of our text. */
public final class Binutils {

  /** An instruction as objdump read it. */
  public record Line(int offset, String text) {}

  private static final String REQUIRED = "P2PMINE_REQUIRE_OBJDUMP";

  /** {@code offset: hexadecimal bytes, two spaces or more, text}. */
  private static final Pattern LINE =
      Pattern.compile("^ *([0-9a-f]+):\t(?:[0-9a-f]{2} )+ *\t([^#]*?) *(?:#.*)?$");

  private final Path folder;

  /** Skips the test where binutils are missing. */
  public Binutils(Path folder) {
    this.folder = folder;
    for (String program : List.of("as", "objcopy", "objdump")) {
      requireOnPath(program);
    }
  }

  private static void requireOnPath(String program) {
    if (Stream.of(System.getenv("PATH").split(":"))
        .map(path -> Path.of(path, program))
        .noneMatch(Files::isExecutable)) {
      String message = program + " is not on the path (Debian package: binutils)";
      if (Boolean.parseBoolean(System.getenv(REQUIRED))) {
        fail(message + ", but " + REQUIRED + " is set");
      }
      abort(message);
    }
  }

  /** Reads code as 64-bit instructions in Intel syntax. */
  public List<Line> disassemble(byte[] code) throws IOException, InterruptedException {
    Path file = Files.write(folder.resolve("code.bin"), code);
    List<String> output =
        run(
            "objdump",
            "-D",
            "-b",
            "binary",
            "-m",
            "i386:x86-64",
            "-M",
            "intel",
            "--insn-width=16",
            file.toString());
    List<Line> lines = new ArrayList<>();
    for (String line : output) {
      Matcher matcher = LINE.matcher(line);
      if (matcher.matches()) {
        // Newer versions say where an encoding is not the one that they would choose.
        String text = matcher.group(2).replaceAll(" +", " ").replaceAll("^\\{(evex|vex)\\} ", "");
        lines.add(new Line(Integer.parseInt(matcher.group(1), 16), text));
      }
    }
    return lines;
  }

  /** The bytes of each instruction, given in Intel syntax. */
  List<byte[]> assemble(List<String> instructions) throws IOException, InterruptedException {
    StringBuilder source = new StringBuilder(".intel_syntax noprefix\n");
    for (String instruction : instructions) {
      source.append("91: ").append(instruction).append("\n92:\n");
      source.append(".pushsection .rodata\n.byte 92b-91b\n.popsection\n");
    }
    Path file = Files.writeString(folder.resolve("code.s"), source);
    Path object = folder.resolve("code.o");
    run("as", "--64", "-o", object.toString(), file.toString());
    byte[] lengths = section(object, ".rodata");
    byte[] code = section(object, ".text");
    List<byte[]> result = new ArrayList<>();
    int offset = 0;
    for (byte length : lengths) {
      int end = offset + Byte.toUnsignedInt(length);
      result.add(Arrays.copyOfRange(code, offset, end));
      offset = end;
    }
    return result;
  }

  private byte[] section(Path object, String name) throws IOException, InterruptedException {
    Path file = folder.resolve("section.bin");
    run("objcopy", "-O", "binary", "-j", name, object.toString(), file.toString());
    return Files.readAllBytes(file);
  }

  private List<String> run(String... command) throws IOException, InterruptedException {
    Path output = folder.resolve("output.txt");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    int status = process.waitFor();
    if (status != 0) {
      fail("status=%d, command=%s%n%s", status, List.of(command), Files.readString(output));
    }
    return Files.readAllLines(output);
  }
}
