package io.p2pmining.core.x86;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every form of every instruction, byte for byte. */
class EncodingsTest {

  @Test
  void everyFormHasTheBytesThatGnuAsGaveIt() throws Exception {
    Map<String, String> expected = Encodings.load();

    assertThat(ListedInstructions.all())
        .hasSameSizeAs(expected.keySet())
        .allSatisfy(
            written ->
                assertThat(written.hex())
                    .as(written.text())
                    .isEqualTo(expected.get(written.text())));
  }

  @Test
  void gnuAsGivesTheExpectedBytesToday(@TempDir Path folder) throws Exception {
    Map<String, String> expected = Encodings.load();

    assertThat(Encodings.assemble(new Binutils(folder), List.copyOf(expected.keySet())))
        .isEqualTo(expected);
  }
}
