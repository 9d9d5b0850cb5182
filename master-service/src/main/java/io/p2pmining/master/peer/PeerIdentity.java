package io.p2pmining.master.peer;

import io.p2pmining.master.work.PeerId;

/**
 * Who a peer says it is.
 *
 * @param id stays the same over reconnects
 * @param name for people; need not be unique
 * @param software the program and its version
 * @param address where its connection comes from, {@code host:port}
 * @param httpPort where its health and metrics are, 0 if nowhere
 */
public record PeerIdentity(PeerId id, String name, String software, String address, int httpPort) {}
