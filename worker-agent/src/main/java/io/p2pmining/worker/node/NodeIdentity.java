package io.p2pmining.worker.node;

import io.p2pmining.common.node.NodeId;
import java.time.Instant;

/**
 * Who this worker is.
 *
 * @param id stays the same for the lifetime of the data directory
 * @param name for people
 * @param version of this program
 * @param startedAt when this process began
 */
public record NodeIdentity(NodeId id, String name, String version, Instant startedAt) {

  /** The program and its version. */
  public String software() {
    return "p2pmine-worker/" + version;
  }
}
