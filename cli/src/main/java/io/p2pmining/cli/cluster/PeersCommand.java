package io.p2pmining.cli.cluster;

import io.p2pmining.cli.terminal.Table;
import java.time.Instant;
import picocli.CommandLine.Command;

/** Shows who is in the cluster. */
@Command(
    name = "peers",
    description = "Shows the workers that the master knows, connected ones first.",
    sortOptions = false)
public final class PeersCommand extends ListCommand {

  public PeersCommand() {
    super("/peers");
  }

  @Override
  Table table(MasterApi.Items items, Instant now) {
    return PeersTable.of(items.items(), now);
  }

  @Override
  String none() {
    return "no worker has joined yet; start one with ./p2pmine worker --master HOST:PORT";
  }
}
