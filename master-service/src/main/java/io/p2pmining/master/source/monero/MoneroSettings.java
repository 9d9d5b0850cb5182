package io.p2pmining.master.source.monero;

import io.p2pmining.common.monero.MoneroAddress;
import io.p2pmining.common.settings.Live;
import io.p2pmining.common.settings.NeedsRestart;
import io.p2pmining.common.settings.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How to reach Monero nodes and whom their blocks pay. Immutable; prints without secrets, and
 * refuses wrong values with a sentence that does not repeat them.
 *
 * @param urls the nodes' RPC addresses in order of preference, {@code http://host:18081} or {@code
 *     https://…}; {@code user:password@} before the host overrides {@code login}. A node is
 *     trusted: it makes the block that is mined.
 * @param wallet the primary address that blocks pay to
 * @param login {@code user:password} as given to the nodes' {@code --rpc-login}; none by default
 * @param certificateFingerprints SHA-256 fingerprints, in hex, of the certificates that nodes
 *     reached over HTTPS may show; for self-signed ones. Without any, the usual rules decide.
 * @param trustedCertificates a PEM file of certificates to trust instead of the system's; the
 *     certificate must also name the host
 * @param pollInterval how often the chain's tip is asked for
 * @param templateRefresh how old a template gets, even without a new tip
 * @param connectTimeout how long opening a connection may take
 * @param requestTimeout how long one request may take in all
 * @param failBackAfter how long a preferred node must be well again before it is returned to
 * @param submitTimeout how long a block is offered to the nodes until one has answered for certain
 */
@ConfigurationProperties("p2pmine.master.monero")
public record MoneroSettings(
    @Live @DefaultValue List<String> urls,
    @NeedsRestart("blocks that are searched for pay to it") @Nullable String wallet,
    @Live @Secret @Nullable String login,
    @Live @DefaultValue List<String> certificateFingerprints,
    @Live @Nullable Path trustedCertificates,
    @Live @DefaultValue("1s") Duration pollInterval,
    @DefaultValue("30s") Duration templateRefresh,
    @Live @DefaultValue("2s") Duration connectTimeout,
    @Live @DefaultValue("5s") Duration requestTimeout,
    @Live @DefaultValue("10s") Duration failBackAfter,
    @DefaultValue("2m") Duration submitTimeout) {

  /** More nodes than this help nobody and cost each of them a request every few seconds. */
  static final int MAX_NODES = 16;

  private static final String PREFIX = "p2pmine.master.monero.";

  public MoneroSettings {
    urls = List.copyOf(urls);
    certificateFingerprints = List.copyOf(certificateFingerprints);
    if (urls.isEmpty() || urls.size() > MAX_NODES) {
      throw new IllegalArgumentException(
          "Set " + PREFIX + "urls to 1 to " + MAX_NODES + " nodes, not " + urls.size() + ".");
    }
    if (wallet == null || wallet.isBlank()) {
      throw new IllegalArgumentException(
          "Set " + PREFIX + "wallet to the Monero address that blocks shall pay to.");
    }
    MoneroAddress.parseForMining(wallet);
    NodeEndpoint.parseAll(urls, login);
    CertificateTrust.checkFingerprints(certificateFingerprints);
    if (!certificateFingerprints.isEmpty() && trustedCertificates != null) {
      throw new IllegalArgumentException(
          "Set either %scertificate-fingerprints or %strusted-certificates, not both."
              .formatted(PREFIX, PREFIX));
    }
    check("poll-interval", pollInterval, Duration.ofMillis(10), Duration.ofMinutes(1));
    check("template-refresh", templateRefresh, Duration.ofMillis(100), Duration.ofMinutes(10));
    check("connect-timeout", connectTimeout, Duration.ofMillis(10), Duration.ofMinutes(1));
    check("request-timeout", requestTimeout, Duration.ofMillis(10), Duration.ofMinutes(1));
    check("fail-back-after", failBackAfter, Duration.ZERO, Duration.ofHours(1));
    check("submit-timeout", submitTimeout, Duration.ofMinutes(1), Duration.ofHours(1));
  }

  /** Settings for these nodes and this wallet, everything else by default. */
  public static MoneroSettings of(List<String> urls, String wallet) {
    return new MoneroSettings(
        urls,
        wallet,
        null,
        List.of(),
        null,
        Duration.ofSeconds(1),
        Duration.ofSeconds(30),
        Duration.ofSeconds(2),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofMinutes(2));
  }

  /** The wallet; there is one in every settings that could be made. */
  String requiredWallet() {
    return Objects.requireNonNull(wallet);
  }

  private static void check(String name, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          "%s%s=%s, must be %s to %s.".formatted(PREFIX, name, value, least, most));
    }
  }

  @Override
  public String toString() {
    return "MoneroSettings[nodes=" + NodeEndpoint.parseAll(urls, login) + "]";
  }
}
