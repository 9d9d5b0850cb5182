package io.p2pmining.master.source.monero;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.Provider;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.jsse.provider.BouncyCastleJsseProvider;
import org.jspecify.annotations.Nullable;

/** Decides which certificates a node may show: pinned ones, those of a file, or the system's. */
final class CertificateTrust {

  private static final HexFormat HEX = HexFormat.of();
  private static final int SHA_256_HEX_DIGITS = 64;

  private CertificateTrust() {}

  /**
   * The way to open TLS connections.
   *
   * @throws IllegalArgumentException if the file of trusted certificates cannot be used
   */
  static TlsSocketStrategy tls(MoneroSettings settings) {
    try {
      if (!settings.certificateFingerprints().isEmpty()) {
        return pinned(normalised(settings.certificateFingerprints()));
      }
      Path file = settings.trustedCertificates();
      ClientTlsStrategyBuilder builder = ClientTlsStrategyBuilder.create();
      return (file == null ? builder : builder.setSslContext(trusting(file))).buildClassic();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("TLS cannot be set up", e);
    }
  }

  /**
   * Refuses what is no SHA-256 fingerprint.
   *
   * @throws IllegalArgumentException if there is such a one
   */
  static void checkFingerprints(List<String> fingerprints) {
    for (String fingerprint : normalised(fingerprints)) {
      if (fingerprint.length() != SHA_256_HEX_DIGITS
          || !fingerprint.chars().allMatch(HexFormat::isHexDigit)) {
        throw new IllegalArgumentException(
            "p2pmine.master.monero.certificate-fingerprints takes SHA-256 fingerprints: 64 hex"
                + " digits, with or without colons.");
      }
    }
  }

  private static Set<String> normalised(Collection<String> fingerprints) {
    return fingerprints.stream()
        .map(text -> text.replace(":", "").strip().toLowerCase(Locale.ROOT))
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * The fingerprint says which certificate it is, so its name, issuer and dates do not matter. They
   * are not even there in the certificate that a daemon makes for itself, which Bouncy Castle reads
   * and the JDK does not. Its providers are used for these connections only.
   */
  private static TlsSocketStrategy pinned(Set<String> fingerprints)
      throws GeneralSecurityException {
    Provider certificates = new BouncyCastleProvider();
    SSLContext context = SSLContext.getInstance("TLS", new BouncyCastleJsseProvider(certificates));
    context.init(null, new TrustManager[] {new PinnedCertificates(fingerprints)}, null);
    return ClientTlsStrategyBuilder.create()
        .setSslContext(context)
        .setHostVerificationPolicy(HostnameVerificationPolicy.CLIENT)
        .setHostnameVerifier(NoopHostnameVerifier.INSTANCE)
        .buildClassic();
  }

  private static SSLContext trusting(Path file) throws GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    try (InputStream in = Files.newInputStream(file)) {
      store.load(null, null);
      for (Certificate certificate :
          CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("trusted-" + store.size(), certificate);
      }
    } catch (IOException | CertificateException e) {
      throw unusable(file, e);
    }
    if (store.size() == 0) {
      throw unusable(file, null);
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, factory.getTrustManagers(), null);
    return context;
  }

  private static IllegalArgumentException unusable(Path file, @Nullable Exception cause) {
    return new IllegalArgumentException(
        "p2pmine.master.monero.trusted-certificates: "
            + file
            + " is no readable PEM file of certificates.",
        cause);
  }

  private static final class PinnedCertificates extends X509ExtendedTrustManager {

    private final Set<String> fingerprints;

    PinnedCertificates(Set<String> fingerprints) {
      this.fingerprints = fingerprints;
    }

    private void check(X509Certificate[] chain) throws CertificateException {
      try {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(chain[0].getEncoded());
        if (!fingerprints.contains(HEX.formatHex(digest))) {
          throw new CertificateException(
              "the certificate has the fingerprint " + HEX.formatHex(digest));
        }
      } catch (GeneralSecurityException e) {
        throw e instanceof CertificateException known ? known : new CertificateException(e);
      }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType)
        throws CertificateException {
      check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
        throws CertificateException {
      check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
        throws CertificateException {
      check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType)
        throws CertificateException {
      throw new CertificateException("nodes do not connect to us");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
        throws CertificateException {
      checkClientTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
        throws CertificateException {
      checkClientTrusted(chain, authType);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
