package io.p2pmining.cli.doctor;

import io.p2pmining.common.monero.MoneroAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Whether the nodes answer, are synchronised and of the wallet's network. Used by one thread.
 *
 * <p>Nodes are tried in their order and one is enough, so what fails on one while another is well
 * is a warning.
 */
final class NodeCheck {

  private static final String NODE = "node";
  private static final String WALLET = "wallet";

  private final List<Finding> findings = new ArrayList<>();
  private @Nullable Instant tip;
  private MoneroAddress.@Nullable Network network;
  private boolean anyWell;

  /**
   * Asks all of them.
   *
   * @param urls their addresses
   * @param login for those whose address has none
   * @param wallet the address that blocks pay to; null if none is set
   */
  static NodeCheck of(List<String> urls, @Nullable String login, @Nullable String wallet)
      throws InterruptedException {
    NodeCheck check = new NodeCheck();
    if (urls.isEmpty()) {
      check.findings.add(
          wallet == null
              ? Finding.ok(
                  NODE,
                  "none is set, so a benchmark is mined; for blocks give --monerod and --wallet")
              : Finding.fail(NODE, "there is a wallet but no node", "give its --monerod URL"));
      return check;
    }
    check.checkWallet(wallet);
    for (String url : urls) {
      check.checkNode(url, login);
    }
    return check;
  }

  /** What was found. */
  List<Finding> findings() {
    return findings.stream()
        .map(
            finding ->
                anyWell && finding.name().equals(NODE) && finding.level() == Level.FAIL
                    ? Finding.warn(NODE, finding.finding(), finding.remedy())
                    : finding)
        .toList();
  }

  /** When the newest block was made; null if no node told. */
  @Nullable Instant tip() {
    return tip;
  }

  private void checkWallet(@Nullable String wallet) {
    if (wallet == null) {
      findings.add(
          Finding.fail(WALLET, "none is set", "give --wallet ADDRESS, which blocks pay to"));
      return;
    }
    try {
      MoneroAddress address = MoneroAddress.parseForMining(wallet);
      network = address.network();
      findings.add(Finding.ok(WALLET, "%s of the %s".formatted(address, network)));
    } catch (IllegalArgumentException e) {
      findings.add(
          Finding.fail(
              WALLET,
              String.valueOf(e.getMessage()),
              "copy the primary address from the wallet again"));
    }
  }

  private void checkNode(String text, @Nullable String login) throws InterruptedException {
    NodeProbe probe;
    try {
      URI url = new URI(text);
      if (url.getHost() == null || !List.of("http", "https").contains(url.getScheme())) {
        throw new URISyntaxException(text, "no host");
      }
      probe = new NodeProbe(url, login);
    } catch (URISyntaxException e) {
      findings.add(
          Finding.fail(
              NODE,
              "one of the addresses is none",
              "write it as http://127.0.0.1:18081 or https://user:password@host:18081"));
      return;
    }
    try {
      JsonNode about = probe.ask("get_info");
      JsonNode newest = probe.ask("get_last_block_header").path("block_header");
      if (newest.path("timestamp").asLong(0) > 0) {
        tip = Instant.ofEpochSecond(newest.path("timestamp").asLong());
      }
      Finding finding = judge(probe.place(), about);
      anyWell |= finding.level() == Level.OK;
      findings.add(finding);
    } catch (NodeProbe.NodeException e) {
      findings.add(Finding.fail(NODE, probe.place() + ": " + e.getMessage(), e.remedy()));
    }
  }

  private Finding judge(String place, JsonNode about) {
    String nettype = about.path("nettype").asString("");
    long height = about.path("height").asLong(0);
    long target = about.path("target_height").asLong(0);
    if (network != null && !isOf(network, nettype)) {
      return Finding.fail(
          NODE,
          "%s is of the %s, the wallet of the %s".formatted(place, nettype, network),
          "use a wallet of the node's network, or a node of the wallet's");
    }
    if (!about.path("synchronized").asBoolean(true) || target > height) {
      return Finding.warn(
          NODE,
          "%s synchronises: height %d%s"
              .formatted(place, height, target > height ? " of " + target : ""),
          "wait; the cluster begins by itself when the node is ready");
    }
    return Finding.ok(
        NODE, "%s is synchronised at height %d (%s)".formatted(place, height, nettype));
  }

  /** A private chain takes addresses of the main one. */
  private static boolean isOf(MoneroAddress.Network network, String nettype) {
    String wanted = network.name().toLowerCase(Locale.ROOT);
    return nettype.isEmpty()
        || nettype.equals(wanted)
        || nettype.equals("fakechain") && network == MoneroAddress.Network.MAINNET;
  }
}
