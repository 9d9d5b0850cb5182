package io.p2pmining.core.randomx.superscalar;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.p2pmining.core.crypto.Blake2b;
import io.p2pmining.core.randomx.RandomXVectors;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class SuperscalarProgramTest {

  private static final byte[] KEY = "test key 000".getBytes(US_ASCII);
  private static final int LATENCY = 170;

  @Test
  void drawsBytesAndWordsAsTheVectorsDo() {
    JsonNode vector = RandomXVectors.root().at("/intermediate/blake2generator");
    byte[] bytes = RandomXVectors.bytes(vector, "first80bytes");
    BlakeGenerator byteGenerator = new BlakeGenerator(KEY);
    for (byte expected : bytes) {
      assertThat((byte) byteGenerator.nextByte()).isEqualTo(expected);
    }
    BlakeGenerator wordGenerator = new BlakeGenerator(KEY);
    for (JsonNode expected : vector.required("first20uint32")) {
      assertThat(wordGenerator.nextInt()).isEqualTo(HexFormat.fromHexDigits(expected.asString()));
    }
  }

  @Test
  void discardsTheRestOfTheStateThatIsTooShortForAWord() {
    BlakeGenerator mixed = new BlakeGenerator(KEY);
    for (int i = 0; i < 62; i++) {
      mixed.nextByte();
    }
    BlakeGenerator words = new BlakeGenerator(KEY);
    for (int i = 0; i < 16; i++) {
      words.nextInt();
    }
    assertThat(mixed.nextInt()).isEqualTo(words.nextInt());
  }

  @Test
  void refusesLongSeeds() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BlakeGenerator(new byte[61]))
        .withMessageContaining("seed length=61");
  }

  @Test
  void agreesWithTheVectorsOfAllVariants() {
    List<JsonNode> vectors = RandomXVectors.all("superscalar_programs");
    assertThat(vectors).hasSize(240);
    for (int first = 0; first < vectors.size(); first += 8) {
      JsonNode key = vectors.get(first);
      int latency = RandomXVectors.text(key, "algo").equals("rx/yada") ? 150 : LATENCY;
      List<SuperscalarProgram> programs =
          SuperscalarProgram.generate(RandomXVectors.bytes(key, "key_hex"), latency, 8);
      for (int i = 0; i < 8; i++) {
        assertAgrees(programs.get(i), vectors.get(first + i));
      }
    }
  }

  @Test
  void agreesWithTheTenProgramsOfTheReferenceTests() {
    List<String> digests = new ArrayList<>();
    for (JsonNode digest : RandomXVectors.root().at("/superscalar_reference/blake2b256")) {
      digests.add(digest.asString());
    }
    assertThat(SuperscalarProgram.generate(KEY, LATENCY, 10))
        .extracting(SuperscalarProgramTest::digest)
        .isEqualTo(digests);
  }

  @Test
  void encodesTheInstructionsOfTheVectors() {
    JsonNode vector = RandomXVectors.root().at("/intermediate/superscalar0");
    SuperscalarProgram program = SuperscalarProgram.generate(KEY, LATENCY, 1).getFirst();
    assertThat(encoded(program)).isEqualTo(RandomXVectors.bytes(vector, "codeHex8bytesEach"));
    assertThat(program.addressRegister()).isEqualTo(RandomXVectors.number(vector, "addrReg"));
  }

  private static void assertAgrees(SuperscalarProgram program, JsonNode vector) {
    assertThat(program.instructions())
        .as("%s", vector)
        .hasSize(RandomXVectors.number(vector, "size"));
    assertThat(program.addressRegister())
        .as("%s", vector)
        .isEqualTo(RandomXVectors.number(vector, "address_register"));
    assertThat(digest(program))
        .as("%s", vector)
        .isEqualTo(RandomXVectors.text(vector, "blake2b256_of_8byte_instructions"));
  }

  private static String digest(SuperscalarProgram program) {
    return HexFormat.of().formatHex(Blake2b.digestOf(32, encoded(program)));
  }

  private static byte[] encoded(SuperscalarProgram program) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (SuperscalarInstruction instruction : program.instructions()) {
      bytes.writeBytes(instruction.encoded());
    }
    return bytes.toByteArray();
  }
}
