package io.p2pmining.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NodeCheckTest {

  private static final String WALLET =
      "44AFFq5kSiGBoZ4NMDwYtN18obc8AemS33DBLWs3H7otXft3XjrpDtQGv7SqSsaBYBb98uNbr2VBBEt7f2wfn3RVGQBEP3A";

  private FakeNode node;

  @BeforeEach
  void start() throws IOException {
    node = new FakeNode();
  }

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void findsANodeThatIsSynchronised() throws Exception {
    NodeCheck check = NodeCheck.of(List.of(node.url("")), null, WALLET);

    assertThat(check.findings())
        .containsExactly(
            Finding.ok("wallet", "44AF…EP3A of the MAINNET"),
            Finding.ok("node", node.url("") + " is synchronised at height 100 (mainnet)"));
    assertThat(check.tip()).isEqualTo(Instant.ofEpochSecond(1_790_000_000));
  }

  @Test
  void waitsForANodeThatSynchronises() throws Exception {
    node.info("\"nettype\":\"mainnet\",\"height\":90,\"target_height\":100,\"synchronized\":false");

    assertThat(only(node.url("")).level()).isEqualTo(Level.WARN);
    assertThat(only(node.url("")).finding()).endsWith("synchronises: height 90 of 100");
  }

  @Test
  void refusesANodeOfAnotherNetworkButNotAPrivateChain() throws Exception {
    node.info("\"nettype\":\"stagenet\",\"height\":9");
    assertThat(only(node.url("")).level()).isEqualTo(Level.FAIL);
    assertThat(only(node.url("")).finding()).contains("of the stagenet, the wallet of the MAINNET");

    node.info("\"nettype\":\"fakechain\",\"height\":9");
    assertThat(only(node.url("")).level()).isEqualTo(Level.OK);
  }

  @Test
  void logsInAndNeverShowsThePassword() throws Exception {
    node.wantLoginOf("miner");

    assertThat(only(node.url("")).finding()).endsWith("it wants another login");
    assertThat(only(node.url("miner:secret@")).level()).isEqualTo(Level.OK);
    assertThat(only(node.url("somebody:secret@")).level()).isEqualTo(Level.FAIL);
    assertThat(NodeCheck.of(List.of(node.url("")), "miner:secret", WALLET).findings().getLast())
        .extracting(Finding::level)
        .isEqualTo(Level.OK);
    assertThat(NodeCheck.of(List.of(node.url("somebody:secret@")), null, WALLET).findings())
        .noneMatch(finding -> (finding.finding() + finding.remedy()).contains("secret"));
  }

  /** The example of RFC 2617, section 3.5. */
  @Test
  void answersAChallengeByMd5() {
    List<String> challenges =
        List.of(
            "Digest realm=\"r\", nonce=\"n\", algorithm=MD5-sess, qop=\"auth\"",
            "Digest qop=\"auth\",algorithm=MD5,realm=\"testrealm@host.com\","
                + "nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\",stale=false");

    assertThat(
            DigestLogin.parse("Mufasa:Circle Of Life")
                .answer(challenges, "GET", "/dir/index.html", "0a4f113b"))
        .get()
        .asString()
        .contains("response=\"6629fae49393a05397450978507c4ef1\"");
    assertThat(DigestLogin.parse("a:b").answer(List.of("Basic realm=\"r\""), "GET", "/", "c"))
        .isEmpty();
    assertThat(DigestLogin.parse("a:secret")).hasToString("DigestLogin[user=a]");
  }

  @Test
  void saysWhatToDoAboutOneThatDoesNotAnswerOrIsNone() throws Exception {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = free.getLocalPort();
      free.close();
      Finding finding = only("http://127.0.0.1:" + port);
      assertThat(finding.level()).isEqualTo(Level.FAIL);
      assertThat(finding.finding()).contains("it does not answer");
      assertThat(finding.remedy()).startsWith("start monerod");
    }
    node.answerWith(404);
    assertThat(only(node.url("")).finding()).contains("is no Monero node: ");
    assertThat(only("localhost:18081").finding()).isEqualTo("one of the addresses is none");
  }

  @Test
  void warnsOnlyOfOneNodeOfSeveral() throws Exception {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String gone = "http://127.0.0.1:" + free.getLocalPort();
      free.close();

      assertThat(NodeCheck.of(List.of(gone, node.url("")), null, WALLET).findings())
          .extracting(Finding::level)
          .containsExactly(Level.OK, Level.WARN, Level.OK);
    }
  }

  @Test
  void wantsNodeAndWalletTogether() throws Exception {
    assertThat(NodeCheck.of(List.of(), null, null).findings())
        .singleElement()
        .extracting(Finding::level)
        .isEqualTo(Level.OK);
    assertThat(NodeCheck.of(List.of(), null, WALLET).findings().getFirst().finding())
        .isEqualTo("there is a wallet but no node");
    assertThat(NodeCheck.of(List.of(node.url("")), null, null).findings().getFirst())
        .isEqualTo(
            Finding.fail("wallet", "none is set", "give --wallet ADDRESS, which blocks pay to"));
    assertThat(NodeCheck.of(List.of(node.url("")), null, "4x").findings().getFirst().level())
        .isEqualTo(Level.FAIL);
  }

  private static Finding only(String url) throws InterruptedException {
    return NodeCheck.of(List.of(url), null, WALLET).findings().getLast();
  }
}
