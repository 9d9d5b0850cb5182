package io.p2pmining.master.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OwnHostsTest {

  private static final String ARRIVED_AT = "192.0.2.7";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "LOCALHOST:8080",
        "localhost.:8080",
        "127.0.0.1:1",
        "[::1]:8080",
        "10.1.2.3:8080"
      })
  void knowsLoopbackNamesAndItsBoundAddress(String host) throws UnknownHostException {
    assertThat(isOwn(bound("10.1.2.3"), host)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "localhost.evil.example",
        "evil-localhost",
        "10.1.2.4",
        ARRIVED_AT,
        "2130706433"
      })
  void knowsNoOtherName(String host) throws UnknownHostException {
    assertThat(isOwn(bound("10.1.2.3"), host)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "localhost:0", "localhost:99999", "a b", "localhost/", "user@localhost"})
  void readsNoHostOutOfNonsense(String host) {
    assertThat(HostPort.parse(host)).isEmpty();
  }

  @Test
  void openToEveryAddressItIsReachedAtTheOneThatTheConnectionHas() throws UnknownHostException {
    for (OwnHosts hosts : List.of(bound("0.0.0.0"), bound(null))) {
      assertThat(isOwn(hosts, ARRIVED_AT + ":8080")).isTrue();
      assertThat(isOwn(hosts, "192.0.2.8:8080")).isFalse();
      assertThat(isOwn(hosts, "0.0.0.0:8080")).isFalse();
    }
  }

  @Test
  void believesTheOperatorsNames() throws UnknownHostException {
    OwnHosts hosts = bound("127.0.0.1", "mine.example", "farm:8443");

    assertThat(isOwn(hosts, "Mine.Example")).isTrue();
    assertThat(isOwn(hosts, "mine.example:99")).isTrue();
    assertThat(isOwn(hosts, "farm:8443")).isTrue();
    assertThat(isOwn(hosts, "farm:8080")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost:8080, localhost:8080, true",
    "http://localhost:3000, localhost:8080, false",
    "http://127.0.0.1:8080, localhost:8080, false",
    "http://localhost, localhost, true",
    "http://localhost, localhost:80, true",
    "https://localhost, localhost, true",
    "http://localhost:8080, localhost, false",
    "https://proxy.example, localhost:8080, true",
    "https://proxy.example:444, localhost:8080, true",
    "http://evil.example, localhost:8080, false",
    "'null', localhost:8080, false",
    "file://, localhost:8080, false",
    "http://localhost:8080/, localhost:8080, false"
  })
  void ownPagesComeFromWhereTheyAsk(String origin, String host, boolean own)
      throws UnknownHostException {
    OwnHosts hosts = bound("127.0.0.1", "proxy.example");
    HostPort asked = HostPort.valueOf(host);

    assertThat(HostPort.ofOrigin(origin).filter(page -> hosts.isOwnOrigin(page, asked)).isPresent())
        .isEqualTo(own);
  }

  @Test
  void refusesNamesThatAreAddressesOfPages() {
    assertThatThrownBy(() -> HostPort.valueOf("https://mine.example/"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("without a scheme or a path");
  }

  private static boolean isOwn(OwnHosts hosts, String header) {
    return hosts.isOwnHost(HostPort.valueOf(header), ARRIVED_AT);
  }

  private static OwnHosts bound(@Nullable String address, String... allowed)
      throws UnknownHostException {
    return new OwnHosts(
        address == null ? null : InetAddress.getByName(address),
        List.of(allowed).stream().map(HostPort::valueOf).toList());
  }
}
