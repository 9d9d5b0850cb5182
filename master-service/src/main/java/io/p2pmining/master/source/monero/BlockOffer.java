package io.p2pmining.master.source.monero;

import io.p2pmining.master.source.monero.DaemonException.Kind;
import java.util.Optional;

/**
 * One block offered to one node. Blocks the calling thread for a few requests' time.
 *
 * @param block the block
 * @param node the node
 * @param onTaken called when the node has taken the block
 */
record BlockOffer(MinedBlock block, Node node, Runnable onTaken) {

  /** What came of an offer. */
  sealed interface Answer {

    /** The node has the block in its main chain. */
    record InMainChain(Node node) implements Answer {}

    /** The node has the block, but another one has its place. */
    record BesideMainChain(Node node) implements Answer {}

    /** The node found the block wrong and does not have it. */
    record Refused(String reason) implements Answer {}

    /** It is not known yet, and whether the node may have got the block. */
    record Uncertain(String reason, boolean mayHaveIt) implements Answer {}
  }

  /** Offers the block for the first time. */
  Answer make() {
    try {
      node.daemon().submitBlock(block.blob());
    } catch (DaemonException e) {
      return unlessKnown(e);
    }
    onTaken.run();
    try {
      return known().orElseGet(() -> new Answer.Uncertain("it took the block but lost it", true));
    } catch (DaemonException e) {
      return uncertain(e, true);
    }
  }

  /** Offers the block again unless the node has it already. */
  Answer repeat() {
    try {
      Optional<Answer> known = known();
      if (known.isPresent()) {
        return known.get();
      }
    } catch (DaemonException e) {
      return uncertain(e, false);
    }
    return make();
  }

  /** A daemon also refuses a block that it has. */
  private Answer unlessKnown(DaemonException refusal) {
    if (refusal.kind() != Kind.REFUSED) {
      return uncertain(refusal, refusal.kind() != Kind.UNREACHABLE);
    }
    try {
      return known().orElseGet(() -> refused(refusal));
    } catch (DaemonException e) {
      return uncertain(e, false);
    }
  }

  private Answer refused(DaemonException refusal) {
    return switch (refusal.code()) {
      case MoneroDaemon.ERROR_WRONG_BLOB,
          MoneroDaemon.ERROR_NOT_ACCEPTED,
          MoneroDaemon.ERROR_WRONG_BLOB_SIZE ->
          new Answer.Refused(node + ": " + refusal.reason());
      default -> uncertain(refusal, false);
    };
  }

  private Answer uncertain(DaemonException trouble, boolean mayHaveIt) {
    return new Answer.Uncertain(node + ": " + trouble.reason(), mayHaveIt);
  }

  /** Where the node has the block, if it has it. */
  private Optional<Answer> known() throws DaemonException {
    try {
      if (node.daemon().getBlockHeaderByHeight(block.height()).id().equals(block.id())) {
        return Optional.of(new Answer.InMainChain(node));
      }
    } catch (DaemonException e) {
      rethrowUnless(e, MoneroDaemon.ERROR_TOO_BIG_HEIGHT);
    }
    try {
      node.daemon().getBlockHeaderByHash(block.id());
      return Optional.of(new Answer.BesideMainChain(node));
    } catch (DaemonException e) {
      rethrowUnless(e, MoneroDaemon.ERROR_INTERNAL);
      return Optional.empty();
    }
  }

  private static void rethrowUnless(DaemonException e, int expected) throws DaemonException {
    if (e.kind() != Kind.REFUSED || e.code() != expected) {
      throw e;
    }
  }
}
