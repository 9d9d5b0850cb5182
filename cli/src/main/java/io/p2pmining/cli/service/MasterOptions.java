package io.p2pmining.cli.service;

import io.p2pmining.cli.options.Port;
import io.p2pmining.cli.options.WalletAddress;
import io.p2pmining.common.monero.MoneroAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of a command that starts a master. */
public final class MasterOptions {

  /** Where a master's REST API is unless its settings say otherwise. */
  public static final int DEFAULT_HTTP_PORT = 8080;

  /** Where workers connect unless its settings say otherwise. */
  public static final int DEFAULT_P2P_PORT = 9740;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--monerod",
      paramLabel = "URL",
      description = {
        "The RPC address of a Monero node, for example http://127.0.0.1:18081; several for failover."
            + " Without one a benchmark job is mined."
      })
  private List<String> nodes = new ArrayList<>();

  @Option(
      names = "--wallet",
      paramLabel = "ADDRESS",
      converter = WalletAddress.class,
      description = "The primary Monero address that blocks pay their reward to.")
  private @Nullable MoneroAddress wallet;

  @Mixin private DataOption data = new DataOption();

  @Option(
      names = "--http-port",
      paramLabel = "P",
      converter = Port.class,
      description = "Port of the REST API (default: " + DEFAULT_HTTP_PORT + "; 0: any free one).")
  private @Nullable Integer httpPort;

  @Option(
      names = "--p2p-port",
      paramLabel = "P",
      converter = Port.class,
      description = "Port for workers (default: " + DEFAULT_P2P_PORT + "; 0: any free one).")
  private @Nullable Integer p2pPort;

  /** Where files are kept. */
  public DataOption data() {
    return data;
  }

  /**
   * Refuses what cannot work.
   *
   * @throws ParameterException with the reason
   */
  public void check() {
    // With a settings file the rest may be in there, and the master checks the whole.
    if (!data.hasSettingsFile() && !nodes.isEmpty() && wallet == null) {
      throw refused("--monerod needs --wallet ADDRESS, which blocks pay their reward to");
    }
    if (!data.hasSettingsFile() && nodes.isEmpty() && wallet != null) {
      throw refused("--wallet needs --monerod URL, the node that makes the blocks");
    }
    if (httpPort != null && httpPort != 0 && httpPort.equals(p2pPort)) {
      throw refused("--http-port and --p2p-port must differ");
    }
  }

  private ParameterException refused(String reason) {
    return new ParameterException(spec.commandLine(), reason);
  }

  /** The port that the REST API will have; empty if a settings file may say otherwise. */
  public OptionalInt expectedHttpPort() {
    return expected(httpPort, DEFAULT_HTTP_PORT);
  }

  /** The port for workers; empty if a settings file may say otherwise. */
  public OptionalInt expectedP2pPort() {
    return expected(p2pPort, DEFAULT_P2P_PORT);
  }

  private OptionalInt expected(@Nullable Integer given, int otherwise) {
    if (given == null) {
      return data.hasSettingsFile() ? OptionalInt.empty() : OptionalInt.of(otherwise);
    }
    return OptionalInt.of(given);
  }

  /** The options as settings of the master. */
  public ServiceSettings settings() {
    ServiceSettings settings =
        new ServiceSettings()
            .set("p2pmine.data-dir", data.directory())
            .set("server.port", httpPort)
            .set("p2pmine.master.p2p-port", p2pPort)
            .set("p2pmine.master.monero.wallet", wallet == null ? null : wallet.text());
    for (int node = 0; node < nodes.size(); node++) {
      settings.set("p2pmine.master.monero.urls[" + node + "]", nodes.get(node));
    }
    return settings;
  }
}
