package io.p2pmining.master.source.monero;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.common.work.Bytes;
import io.p2pmining.master.job.BlockOutcome;
import io.p2pmining.master.job.BlockOutcome.State;
import io.p2pmining.master.job.Job;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Ways to reach a real daemon: by login, over TLS, instead of another, without knowing its tree.
 */
class NodeAccessIT {

  private static final String LOGIN = "alice:s3cr3t with: colon";

  @TempDir Path directory;

  private final RecordedJobs jobs = new RecordedJobs();

  @BeforeAll
  static void needsMonerod() {
    RegtestDaemon.need();
  }

  @Test
  void minesWithALogin() throws Exception {
    try (RegtestDaemon daemon = daemon("--rpc-login", LOGIN).start();
        MoneroSource source = source(daemon.url(), LOGIN, List.of(), null)) {
      minesBlocks(source);
    }
  }

  @Test
  void saysThatTheLoginIsWrong() throws Exception {
    try (RegtestDaemon daemon = daemon("--rpc-login", LOGIN).start();
        MoneroSource source = source(daemon.url(), "alice:hunter2", List.of(), null)) {
      assertThat(complaint(source)).contains("refuses the login").doesNotContain("hunter2");
    }
  }

  @Test
  void minesOverTlsWithAPinnedSelfSignedCertificateAndALogin() throws Exception {
    try (RegtestDaemon daemon = tlsDaemon("--rpc-login", LOGIN).start()) {
      String fingerprint = fingerprint(daemon.file("rpc_ssl.crt"));
      try (MoneroSource source = source(https(daemon), LOGIN, List.of(fingerprint), null)) {
        minesBlocks(source);
      }
    }
  }

  @Test
  void refusesACertificateThatIsNotThePinnedOne() throws Exception {
    try (RegtestDaemon daemon = tlsDaemon().start();
        MoneroSource source = source(https(daemon), null, List.of("00".repeat(32)), null)) {
      assertThat(complaint(source))
          .contains("no trusted TLS connection")
          .containsIgnoringCase(fingerprint(daemon.file("rpc_ssl.crt")).replace(":", ""));
    }
  }

  @Test
  void refusesASelfSignedCertificateThatNobodyVouchesFor() throws Exception {
    try (RegtestDaemon daemon = tlsDaemon().start();
        MoneroSource source = source(https(daemon), null, List.of(), null)) {
      assertThat(complaint(source)).contains("no trusted TLS connection");
    }
  }

  @Test
  void minesOverTlsWithACertificateOfTheTrustedFile() throws Exception {
    Path certificate = directory.resolve("node.crt");
    Path key = directory.resolve("node.key");
    makeCertificate("ip:127.0.0.1", certificate, key);
    try (RegtestDaemon daemon = tlsDaemon(certificateOptions(certificate, key)).start();
        MoneroSource source = source(https(daemon), null, List.of(), certificate)) {
      minesBlocks(source);
    }
  }

  @Test
  void refusesATrustedCertificateOfAnotherHost() throws Exception {
    Path certificate = directory.resolve("node.crt");
    Path key = directory.resolve("node.key");
    makeCertificate("ip:127.0.0.2", certificate, key);
    try (RegtestDaemon daemon = tlsDaemon(certificateOptions(certificate, key)).start();
        MoneroSource source = source(https(daemon), null, List.of(), certificate)) {
      assertThat(complaint(source)).contains("no trusted TLS connection").contains("127.0.0.1");
    }
  }

  @Test
  void minesOnWithAnotherDaemonWhenTheFirstIsGone() throws Exception {
    Path other = Files.createDirectory(directory.resolve("other"));
    try (RegtestDaemon first = daemon().start();
        RegtestDaemon second = new RegtestDaemon(other).withDifficulty(1).start();
        MoneroSource source = MoneroSourceIT.sourceOf(first.url(), second.url())) {
      source.start(jobs);
      jobs.awaitArrival(arrival -> true);
      while (!source.status().endpoint().equals(first.url())) {
        TimeUnit.MILLISECONDS.sleep(20);
      }
      first.stop();
      while (!source.status().endpoint().equals(second.url())) {
        TimeUnit.MILLISECONDS.sleep(20);
      }
      // Both chains have the same genesis block, so the second daemon can take this one.
      Job job = jobs.awaitArrival(arrival -> true).job();

      BlockOutcome outcome = MoneroSourceIT.submit(source, job, 1);

      assertThat(outcome.state()).as(outcome.detail()).isEqualTo(State.ACCEPTED);
      assertThat(second.blockId(1)).isEqualTo(outcome.blockId().toHex());
    }
  }

  @Test
  void minesTemplatesThatOnlyTheDaemonCanVary() throws Exception {
    try (RegtestDaemon daemon = daemon().start();
        ScriptedDaemon stranger = new ScriptedDaemon();
        MoneroSource source = MoneroSourceIT.sourceOf(stranger.url())) {
      for (String method :
          List.of(
              "get_info",
              "get_last_block_header",
              "get_block_header_by_height",
              "get_block_template",
              "submit_block")) {
        stranger.reply(
            method, (exchange, request) -> relay(daemon, request).send(exchange, request));
      }
      source.start(jobs);
      Set<Bytes> extraNonces = new HashSet<>();
      for (int height = 1; height <= 4; height++) {
        long expected = height;
        Job job = jobs.awaitArrival(arrival -> arrival.job().height() == expected).job();
        Job mined = source.nextVariant(job).orElse(job);
        assertThat(extraNonces.add(mined.extraNonce())).isTrue();

        BlockOutcome outcome = MoneroSourceIT.submit(source, mined, height);

        assertThat(outcome.state()).as(outcome.detail()).isEqualTo(State.ACCEPTED);
        assertThat(daemon.blockId(height)).isEqualTo(outcome.blockId().toHex());
      }
    }
  }

  /** The real daemon's answer, but as if reserving bytes were unknown to it. */
  private static ScriptedDaemon.Reply relay(RegtestDaemon daemon, JsonNode request)
      throws IOException {
    try {
      String method = request.path("method").asString();
      JsonNode result = daemon.call(method, request.path("params"));
      if (request.path("params").has("reserve_size")) {
        ((ObjectNode) result).put("reserved_offset", 0);
      }
      return ScriptedDaemon.body(
          "{\"jsonrpc\": \"2.0\", \"id\": \"0\", \"result\": " + result + "}");
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private void minesBlocks(MoneroSource source) throws Exception {
    source.start(jobs);
    for (int height = 1; height <= 3; height++) {
      long expected = height;
      Job job = jobs.awaitArrival(arrival -> arrival.job().height() == expected).job();
      BlockOutcome outcome = MoneroSourceIT.submit(source, job, height);
      assertThat(outcome.state()).as(outcome.detail()).isEqualTo(State.ACCEPTED);
    }
  }

  /** Starts the source and gives what it says once it has been told why it cannot work. */
  private String complaint(MoneroSource source) throws InterruptedException {
    source.start(jobs);
    return jobs.awaitWithdrawal().reason();
  }

  private RegtestDaemon daemon(String... options) throws IOException {
    return new RegtestDaemon(directory).withDifficulty(1).withOptions(options);
  }

  private RegtestDaemon tlsDaemon(String... options) throws IOException {
    return daemon(options).withTls();
  }

  private static String[] certificateOptions(Path certificate, Path key) {
    return new String[] {
      "--rpc-ssl-certificate", certificate.toString(), "--rpc-ssl-private-key", key.toString()
    };
  }

  private static String https(RegtestDaemon daemon) {
    return "https://127.0.0.1:" + daemon.rpcPort();
  }

  private static MoneroSource source(
      String url, @Nullable String login, List<String> fingerprints, @Nullable Path trusted) {
    return new MoneroSource(
        new MoneroSettings(
            List.of(url),
            MoneroSourceIT.WALLET,
            login,
            fingerprints,
            trusted,
            Duration.ofSeconds(1),
            Duration.ofSeconds(30),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofMinutes(2)),
        InstantSource.system(),
        new AtomicLong()::incrementAndGet);
  }

  /** What {@code openssl x509 -fingerprint -sha256} prints. */
  private static String fingerprint(Path file) throws IOException, GeneralSecurityException {
    String base64 = Files.readString(file).replaceAll("-----[A-Z ]+-----", "");
    byte[] certificate = Base64.getMimeDecoder().decode(base64);
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate);
    return HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
  }

  /** Makes a self-signed certificate with this alternative name, by the JDK's own tool. */
  private void makeCertificate(String name, Path certificate, Path key) throws Exception {
    Path store = directory.resolve("node.p12");
    char[] password = "changeit".toCharArray();
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-alias",
                "node",
                "-dname",
                "CN=node",
                "-ext",
                "SAN=" + name,
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                "changeit")
            .inheritIO()
            .start();
    assertThat(keytool.waitFor()).as("keytool's status").isZero();
    KeyStore loaded = KeyStore.getInstance(store.toFile(), password);
    writePem(certificate, "CERTIFICATE", loaded.getCertificate("node").getEncoded());
    writePem(key, "PRIVATE KEY", loaded.getKey("node", password).getEncoded());
  }

  private static void writePem(Path file, String type, byte[] content) throws IOException {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    Files.writeString(
        file, "-----BEGIN " + type + "-----\n" + text + "\n-----END " + type + "-----\n");
  }
}
