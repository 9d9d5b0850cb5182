package io.p2pmining.master.source.monero;

import io.p2pmining.common.monero.MoneroAddress.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The nodes that there are, each with its connections. They may be replaced by others while they
 * are in use: what is asked of one that goes fails like a node that cannot be reached. Safe for use
 * by any thread; guarded by its own monitor.
 */
final class NodeSet implements AutoCloseable {

  private final Network network;
  private MoneroSettings settings;
  private List<Node> nodes;
  private boolean closed;

  /**
   * The nodes of these settings.
   *
   * @throws IllegalArgumentException if the file of trusted certificates cannot be used
   */
  NodeSet(MoneroSettings settings, Network network) {
    this.settings = settings;
    this.network = network;
    this.nodes = List.of();
    this.nodes = prepare(settings).nodes();
  }

  private Node newNode(NodeEndpoint endpoint, MoneroSettings how) {
    return new Node(new MoneroDaemon(endpoint, how), network);
  }

  /** The nodes, in order of preference. */
  synchronized List<Node> all() {
    return nodes;
  }

  /**
   * Other nodes that are ready to take over.
   *
   * @param nodes in order of preference
   * @param made those of them that are new
   */
  record Change(NodeSet set, MoneroSettings settings, List<Node> nodes, List<Node> made) {

    /** Lets them take over; closes those that are no longer there. */
    void apply() {
      set.take(this);
    }

    /** Closes those that are new: they are not needed. */
    void discard() {
      made.forEach(Node::close);
    }
  }

  /**
   * Makes the nodes of other settings. One that is reached as before is the same node.
   *
   * @throws IllegalArgumentException if the file of trusted certificates cannot be used
   */
  synchronized Change prepare(MoneroSettings next) {
    boolean askedAlike = isAskedAlike(settings, next);
    List<Node> made = new ArrayList<>();
    List<Node> all = new ArrayList<>();
    try {
      for (NodeEndpoint endpoint : NodeEndpoint.parseAll(next.urls(), next.login())) {
        Optional<Node> known = askedAlike ? find(endpoint) : Optional.empty();
        Node node = known.orElseGet(() -> newNode(endpoint, next));
        if (known.isEmpty()) {
          made.add(node);
        }
        all.add(node);
      }
    } catch (IllegalArgumentException e) {
      made.forEach(Node::close);
      throw e;
    }
    return new Change(this, next, all.stream().distinct().toList(), List.copyOf(made));
  }

  private Optional<Node> find(NodeEndpoint endpoint) {
    return nodes.stream().filter(node -> node.daemon().endpoint().equals(endpoint)).findFirst();
  }

  private static boolean isAskedAlike(MoneroSettings one, MoneroSettings other) {
    return one.certificateFingerprints().equals(other.certificateFingerprints())
        && Objects.equals(one.trustedCertificates(), other.trustedCertificates())
        && one.connectTimeout().equals(other.connectTimeout())
        && one.requestTimeout().equals(other.requestTimeout());
  }

  private synchronized void take(Change change) {
    nodes.stream().filter(node -> !change.nodes.contains(node)).forEach(Node::close);
    nodes = change.nodes;
    settings = change.settings;
    if (closed) {
      nodes.forEach(Node::close);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    nodes.forEach(Node::close);
  }
}
