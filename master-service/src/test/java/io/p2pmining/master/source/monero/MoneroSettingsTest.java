package io.p2pmining.master.source.monero;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class MoneroSettingsTest {

  private static final String WALLET = MoneroSourceIT.WALLET;
  private static final String SECRET = "hunter2";

  @Test
  void hasADefaultForAllButNodesAndWallet() {
    MoneroSettings bound = bind(Map.of("urls[0]", "http://127.0.0.1:18081", "wallet", WALLET));

    assertThat(bound).isEqualTo(MoneroSettings.of(List.of("http://127.0.0.1:18081"), WALLET));
    assertThat(bound.pollInterval()).isEqualTo(Duration.ofSeconds(1));
    assertThat(bound.templateRefresh()).isEqualTo(Duration.ofSeconds(30));
  }

  @ParameterizedTest
  @CsvSource({
    "wallet, , wallet to the Monero address",
    "wallet, 46vN, no Monero address",
    "wallet, 86iuLdJZBoYGbJ4AKTExZacXCtaFCYUsLWwJx7e9NBcVBwQnNYKgKPUhtcejnSbogZZKHY38i6UPv3QmJkKSRApCBqMXvDF, subaddress",
    "urls[0], ftp://127.0.0.1:18081, must begin with http",
    "urls[0], http://127.0.0.1, 18081 by default",
    "urls[0], http://:18081, no host",
    "urls[0], http://127.0.0.1:99999, port",
    "urls[0], http://a b:1, no valid address",
    "urls[0], http://127.0.0.1:18081/?x=1, must end",
    "urls[0], http://hunter2@127.0.0.1:18081, user:password",
    "login, hunter2, user:password",
    "login, :hunter2, user:password",
    "certificate-fingerprints[0], 12:34, 64 hex",
    "poll-interval, 0s, poll-interval=PT0S",
    "template-refresh, 1h, template-refresh",
    "submit-timeout, 10s, submit-timeout"
  })
  void refusesWithARemedyAndWithoutRepeatingIt(String key, String value, String remedy) {
    Map<String, String> properties =
        new HashMap<>(Map.of("urls[0]", "http://127.0.0.1:18081", "wallet", WALLET));
    properties.put(key, value == null ? "" : value);

    assertThatThrownBy(() -> bind(properties))
        .rootCause()
        .hasMessageContaining(remedy)
        .hasMessageNotContaining(SECRET)
        .hasMessageNotContaining("46vN");
  }

  @Test
  void bindingFailuresNeverShowASecret() {
    assertThatThrownBy(
            () ->
                bind(Map.of("urls[0]", "http://alice:" + SECRET + "@127.0.0.1", "wallet", WALLET)))
        .satisfies(
            thrown -> {
              for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
                assertThat(cause.toString()).doesNotContain(SECRET).doesNotContain(WALLET);
              }
            });
  }

  @Test
  void refusesNoneAndTooManyNodes() {
    assertThatThrownBy(() -> MoneroSettings.of(List.of(), WALLET)).hasMessageContaining("1 to 16");
    assertThatThrownBy(() -> MoneroSettings.of(Collections.nCopies(17, "http://a:1"), WALLET))
        .hasMessageContaining("not 17");
  }

  @Test
  void printsWithoutSecrets() {
    MoneroSettings settings =
        bind(
            Map.of(
                "urls[0]",
                "http://alice:" + SECRET + "@127.0.0.1:1",
                "login",
                "bob:" + SECRET,
                "wallet",
                WALLET));

    assertThat(settings.toString())
        .contains("http://127.0.0.1:1")
        .doesNotContain(SECRET)
        .doesNotContain("alice")
        .doesNotContain(WALLET);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:18081",
        "127.0.0.1:18081",
        "HTTP://127.0.0.1:18081/",
        " 127.0.0.1:18081 "
      })
  void readsThePlainFormsOfAUrlAlike(String url) {
    assertThat(NodeEndpoint.parseAll(List.of(url), null).getFirst().toString())
        .isEqualTo("http://127.0.0.1:18081");
  }

  @Test
  void takesTheLoginOfTheUrlBeforeTheCommonOne() {
    List<NodeEndpoint> endpoints =
        NodeEndpoint.parseAll(
            List.of("https://al%40ce:p%3Aa+s@node:1/base", "http://[::1]:2"), "bob:x:y");

    assertThat(endpoints.get(0).login()).isEqualTo(new NodeEndpoint.Login("al@ce", "p:a+s"));
    assertThat(endpoints.get(0).toString()).isEqualTo("https://node:1/base");
    assertThat(endpoints.get(1).login()).isEqualTo(new NodeEndpoint.Login("bob", "x:y"));
    assertThat(endpoints.get(1).toString()).isEqualTo("http://[::1]:2");
  }

  private static MoneroSettings bind(Map<String, String> properties) {
    Map<String, String> prefixed = new HashMap<>();
    properties.forEach((key, value) -> prefixed.put("p2pmine.master.monero." + key, value));
    return new Binder(new MapConfigurationPropertySource(prefixed))
        .bindOrCreate("p2pmine.master.monero", MoneroSettings.class);
  }
}
