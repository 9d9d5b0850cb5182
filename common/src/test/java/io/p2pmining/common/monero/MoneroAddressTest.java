package io.p2pmining.common.monero;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.p2pmining.common.monero.MoneroAddress.Kind;
import io.p2pmining.common.monero.MoneroAddress.Network;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MoneroAddressTest {

  /** From wallets made for this test by Monero's own command line wallet. */
  private static final String MAINNET =
      "46vN57XGKQkG69CRVjbv3M1y5FHayTQQdVyRFEAgNPz54gwoqMxRAjy5jD9QccFcc3cqiUE7JYou1HAd7Z8r8YboKaqB8ef";

  private static final String MAINNET_SUBADDRESS =
      "86iuLdJZBoYGbJ4AKTExZacXCtaFCYUsLWwJx7e9NBcVBwQnNYKgKPUhtcejnSbogZZKHY38i6UPv3QmJkKSRApCBqMXvDF";

  @ParameterizedTest
  @CsvSource({
    "MAINNET, STANDARD, " + MAINNET,
    "MAINNET, SUBADDRESS, " + MAINNET_SUBADDRESS,
    "MAINNET, INTEGRATED, 4Gd35vLkvgGG69CRVjbv3M1y5FHayTQQdVyRFEAgNPz54gwoqMxRAjy5jD9QccFcc3cqiUE7JYou1HAd7Z8r8YboUU52U5kbmhWDe1rJRC",
    "STAGENET, STANDARD, 5BAqgpH33ha7zaHHoxcAac4jCqGXe4yzMjVcdJUEnSm5JvAp9jndisMYsMuVqeQXE4cd2quX7h6iYChR3pLGHmKZVTqpMKR",
    "STAGENET, SUBADDRESS, 72km3etttWPZLA9Kw8mmDpemkQ2TSTiguaAjngLYKpCGZTFR5onMnHkF19km3fJ5wTgHWY4HfsSdhNDBoWYdLGGcA2CRJQe",
    "STAGENET, INTEGRATED, 5LsWhd6Xey67zaHHoxcAac4jCqGXe4yzMjVcdJUEnSm5JvAp9jndisMYsMuVqeQXE4cd2quX7h6iYChR3pLGHmKZjBvW23N3ZFV1BbZe5e",
    "TESTNET, STANDARD, A2EiPqNkDXpXRpoFU6fPRTBKAyHs8XFj47zLjYatrMYxLTTzFNC5XKtNue4SEaZcoHFqzSuV1t6mRCeVZkahsjCdNiXbwgs",
    "TESTNET, SUBADDRESS, BZpnZ7fv8Z287BmbYZm75MekkXMGJALMhU8EZVGMvau7K1beCeY4dyJ683PEChK1YtWky9q8AHVQ6aWyCSeiHwavSj9EmeG",
    "TESTNET, INTEGRATED, ABwPQeCEpoLXRpoFU6fPRTBKAyHs8XFj47zLjYatrMYxLTTzFNC5XKtNue4SEaZcoHFqzSuV1t6mRCeVZkahsjCdZEzeD7ZzHR81LGuLaX"
  })
  void tellsNetworkAndKind(Network network, Kind kind, String text) {
    assertThat(MoneroAddress.parse(text)).isEqualTo(new MoneroAddress(text, network, kind));
  }

  @Test
  void refusesEverySingleMistypedCharacter() {
    for (int i = 0; i < MAINNET.length(); i++) {
      char other = MAINNET.charAt(i) == 'q' ? 'r' : 'q';
      String mistyped = MAINNET.substring(0, i) + other + MAINNET.substring(i + 1);

      assertThatThrownBy(() -> MoneroAddress.parse(mistyped))
          .as("character %d", i + 1)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("This is no Monero address: ");
    }
  }

  @Test
  void refusesEveryTruncation() {
    for (int length = 0; length < MAINNET.length(); length++) {
      String truncated = MAINNET.substring(0, length);

      assertThatThrownBy(() -> MoneroAddress.parse(truncated))
          .as("length %d", length)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "4l",
        "0x1234",
        "bc1qar0srr7xfkvy5l643lydnw9re59gtzzwf5mdq",
        "zzzzzzzzzzz",
        "löwe",
        "4 4"
      })
  void refusesOtherTexts(String text) {
    assertThatThrownBy(() -> MoneroAddress.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining(text);
  }

  @Test
  void refusesAnEndlessTextWithoutReadingIt() {
    assertThatThrownBy(() -> MoneroAddress.parse("4".repeat(1_000_000)))
        .hasMessage("This is no Monero address: it is longer than any address.");
  }

  @Test
  void refusesAForeignPrefixWithARightChecksum() {
    byte[] foreign = new byte[69];
    foreign[0] = 99;
    byte[] checksum = Keccak256.hash(Arrays.copyOf(foreign, 65));
    System.arraycopy(checksum, 0, foreign, 65, 4);

    assertThatThrownBy(() -> MoneroAddress.parse(Base58Encoding.encode(foreign)))
        .hasMessageContaining("prefix 99 belongs to no Monero network");
  }

  @Test
  void refusesAPrefixWithTheLengthOfAnotherKind() {
    byte[] tooLong = new byte[77];
    tooLong[0] = 18;
    byte[] checksum = Keccak256.hash(Arrays.copyOf(tooLong, 73));
    System.arraycopy(checksum, 0, tooLong, 73, 4);

    assertThatThrownBy(() -> MoneroAddress.parse(Base58Encoding.encode(tooLong)))
        .hasMessageContaining("wrong length");
  }

  @Test
  void refusesToPayABlockToASubaddress() {
    assertThat(MoneroAddress.parseForMining(MAINNET).text()).isEqualTo(MAINNET);
    assertThatThrownBy(() -> MoneroAddress.parseForMining(MAINNET_SUBADDRESS))
        .hasMessageContaining("subaddress")
        .hasMessageContaining("primary address");
  }

  @Test
  void printsShortened() {
    assertThat(MoneroAddress.parse(MAINNET)).hasToString("46vN…B8ef");
  }
}
