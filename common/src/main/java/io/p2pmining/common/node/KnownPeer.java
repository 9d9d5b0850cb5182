package io.p2pmining.common.node;

import io.p2pmining.common.wire.v1.PeerAddress;
import java.time.Instant;

/**
 * A node that a master has told of.
 *
 * @param role what it is; never unspecified
 * @param nodeId who it is
 * @param host where it is: an address or a host name
 * @param port its port of the mining protocol, 1 to 65535
 * @param toldAt when a master last told of it
 */
public record KnownPeer(
    PeerAddress.Role role, NodeId nodeId, String host, int port, Instant toldAt) {}
