package io.p2pmining.worker.master;

import io.p2pmining.common.frame.VersionRange;
import io.p2pmining.common.wire.v1.Capabilities;
import io.p2pmining.common.wire.v1.Hello;
import io.p2pmining.worker.node.NodeIdentity;
import java.util.function.Supplier;

/**
 * What a worker says first on each connection. Immutable.
 *
 * @param identity who it is
 * @param httpPort where its health is served, 0 if it is not
 * @param report what it can, as of now
 */
record Introduction(NodeIdentity identity, int httpPort, Supplier<Capabilities> report) {

  Hello hello() {
    return Hello.newBuilder()
        .setNodeId(identity.id().toByteString())
        .setName(identity.name())
        .setSoftware(identity.software())
        .setVersionMin(VersionRange.SUPPORTED.min())
        .setVersionMax(VersionRange.SUPPORTED.max())
        .setHttpPort(httpPort)
        .build();
  }

  Capabilities capabilities() {
    return report.get();
  }
}
