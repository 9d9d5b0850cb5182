package io.p2pmining.master.source.monero;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class BlockBlobTest {

  private static final HexFormat HEX = HexFormat.of();

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8})
  void rebuildsTheHashingBlobOfARealDaemon(int transactions) throws Exception {
    JsonNode recorded = ScriptedDaemon.recorded(transactions).path("result");
    BlockBlob blob = BlockBlob.parse(HEX.parseHex(recorded.path("blocktemplate_blob").asString()));

    assertThat(HEX.formatHex(blob.hashingBlob()))
        .isEqualTo(recorded.path("blockhashing_blob").asString());
    assertThat(blob.majorVersion()).isEqualTo(16);
    assertThat(blob.nonceOffset()).isEqualTo(39);
    assertThat(HEX.formatHex(blob.previousId())).isEqualTo(recorded.path("prev_hash").asString());
    assertThat(blob.reserves(recorded.path("reserved_offset").asInt(), ExtraNonces.LENGTH))
        .isTrue();
  }

  @Test
  void changesRootAndNothingElseWithTheExtraNonce() throws Exception {
    BlockBlob blob = BlockBlob.parse(template(3));
    byte[] plain = blob.hashingBlob();
    byte[] varied = blob.withExtraNonce(offset(3), new byte[] {1, 2, 3}).hashingBlob();

    assertThat(Arrays.copyOf(varied, 43)).isEqualTo(Arrays.copyOf(plain, 43));
    assertThat(Arrays.copyOfRange(varied, 43, 75)).isNotEqualTo(Arrays.copyOfRange(plain, 43, 75));
    assertThat(varied[75]).isEqualTo((byte) 4);
    assertThat(blob.hashingBlob()).as("the original").isEqualTo(plain);
  }

  @Test
  void reservesNothingOutsideTheExtraFieldNorWhereSomethingStands() throws Exception {
    BlockBlob blob = BlockBlob.parse(template(0));
    int offset = offset(0);

    assertThat(blob.reserves(0, ExtraNonces.LENGTH)).isFalse();
    assertThat(blob.reserves(-1, ExtraNonces.LENGTH)).isFalse();
    assertThat(blob.reserves(Integer.MAX_VALUE, ExtraNonces.LENGTH)).isFalse();
    assertThat(blob.reserves(offset - 1, ExtraNonces.LENGTH)).isFalse();
    assertThat(blob.reserves(offset + 4, ExtraNonces.LENGTH)).isFalse();
    assertThat(blob.withExtraNonce(offset, new byte[] {1}).reserves(offset, ExtraNonces.LENGTH))
        .isFalse();
  }

  @Test
  void knowsTheIdOfTheGenesisBlock() throws Exception {
    // Monero's main network, height 0: the header, the coinbase's hash as root, one transaction.
    byte[] hashingBlob =
        HEX.parseHex(
            "010000"
                + "00".repeat(32)
                + "10270000"
                + "c88ce9783b4f11190d7b9c17a69c1c52200f9faaee8e98dd07e6811175177139"
                + "01");

    assertThat(HEX.formatHex(BlockBlob.id(hashingBlob)))
        .isEqualTo("418015bb9ae982a1975da7d79277c2705727a56894ba0fb246adaabb1f4632e3");
  }

  @Test
  void refusesEveryTruncation() throws Exception {
    byte[] whole = template(2);
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> BlockBlob.parse(cut).hashingBlob())
          .as("length=%d", length)
          .isInstanceOf(MalformedBlobException.class);
    }
  }

  @Test
  void neverDoesAnythingWorseThanRefuseToGarbledBlobs() throws Exception {
    long seed = 4711;
    Random random = new Random(seed);
    byte[] whole = template(4);
    for (int round = 0; round < 20_000; round++) {
      byte[] garbled = whole.clone();
      for (int flips = random.nextInt(4); flips >= 0; flips--) {
        garbled[random.nextInt(garbled.length)] = (byte) random.nextInt();
      }
      assertThatCode(() -> readOrRefuse(garbled))
          .as("seed=%d, round=%d", seed, round)
          .doesNotThrowAnyException();
    }
  }

  private static void readOrRefuse(byte[] garbled) {
    try {
      BlockBlob.parse(garbled).hashingBlob();
    } catch (MalformedBlobException e) {
      assertThat(e).hasMessageContaining("at offset");
    }
  }

  private static byte[] template(int transactions) {
    return HEX.parseHex(
        ScriptedDaemon.recorded(transactions).path("result").path("blocktemplate_blob").asString());
  }

  private static int offset(int transactions) {
    return ScriptedDaemon.recorded(transactions).path("result").path("reserved_offset").asInt();
  }
}
