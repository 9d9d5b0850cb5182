package io.p2pmining.core.x86;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The expected bytes of {@link ListedInstructions}, which GNU as wrote. */
final class Encodings {

  private static final String RESOURCE = "/x86/encodings.txt";

  private Encodings() {}

  /** The bytes in hexadecimal by the text of the instruction. */
  static Map<String, String> load() throws IOException {
    Map<String, String> hexByText = new LinkedHashMap<>();
    try (InputStream stream = Encodings.class.getResourceAsStream(RESOURCE)) {
      for (String line : new String(stream.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
        String[] columns = line.split("\t");
        hexByText.put(columns[1], columns[0]);
      }
    }
    return hexByText;
  }

  /** What GNU as makes of these texts. */
  static Map<String, String> assemble(Binutils binutils, List<String> texts)
      throws IOException, InterruptedException {
    List<byte[]> codes = binutils.assemble(texts.stream().map(Encodings::forAs).toList());
    Map<String, String> hexByText = new LinkedHashMap<>();
    for (int i = 0; i < texts.size(); i++) {
      hexByText.put(texts.get(i), HexFormat.of().formatHex(codes.get(i)));
    }
    return hexByText;
  }

  /** Where an opcode loads and another one stores, we let registers load. */
  private static String forAs(String text) {
    boolean onlyOneOpcode = text.contains(";") || text.startsWith(".") || text.startsWith("xchg");
    return onlyOneOpcode ? text : "{load} " + text;
  }

  /**
   * Writes the resource anew, after forms or operands were added. Run it on the class path of the
   * tests.
   *
   * @param arguments the file to write
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Binutils binutils = new Binutils(Files.createTempDirectory("encodings"));
    List<String> texts = ListedInstructions.all().stream().map(Instruction::text).toList();
    StringBuilder lines = new StringBuilder();
    assemble(binutils, texts)
        .forEach((text, hex) -> lines.append(hex).append('\t').append(text).append('\n'));
    Files.writeString(Path.of(arguments[0]), lines);
  }
}
