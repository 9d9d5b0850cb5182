package io.p2pmining.master.source.monero;

import io.p2pmining.common.work.Bytes;
import io.p2pmining.master.source.monero.ExtraNonces.ExtraNonce;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * A template from which blocks with different extra nonces are made. Safe for use by any thread.
 */
sealed interface MiningTemplate {

  /** What the daemon answered. */
  BlockTemplate template();

  /**
   * Another block over the template, with an extra nonce that no other has; empty if there is none
   * at hand and the daemon has to be asked. Does not wait for the network.
   */
  Optional<UnminedBlock> nextBlock();

  /** The extra nonce goes into the reserved bytes, and the hashing blob is computed here. */
  record Rebuilt(BlockTemplate template, String algorithm, BlockBlob blob, ExtraNonces extraNonces)
      implements MiningTemplate {

    @Override
    public Optional<UnminedBlock> nextBlock() {
      ExtraNonce extraNonce = extraNonces.next();
      BlockBlob block =
          blob.withExtraNonce(template.reservedOffset(), extraNonce.bytes().toArray());
      try {
        return Optional.of(
            new UnminedBlock(
                template,
                algorithm,
                extraNonce,
                Bytes.copyOf(block.toArray()),
                Bytes.copyOf(block.hashingBlob()),
                block.nonceOffset()));
      } catch (MalformedBlobException e) {
        throw new IllegalStateException("a template that was rebuilt before cannot be again", e);
      }
    }
  }

  /** The daemon made one template for each extra nonce; a few are in stock. */
  final class Stocked implements MiningTemplate {

    /** Enough for the time that fetching takes; a block lasts 2³² nonces. */
    static final int STOCK = 2;

    private final BlockTemplate template;

    // Guarded by itself.
    private final Deque<UnminedBlock> stock = new ArrayDeque<>();

    Stocked(UnminedBlock first) {
      this.template = first.template();
      this.stock.add(first);
    }

    @Override
    public BlockTemplate template() {
      return template;
    }

    @Override
    public Optional<UnminedBlock> nextBlock() {
      synchronized (stock) {
        return Optional.ofNullable(stock.poll());
      }
    }

    /** Whether a block should be fetched and given to {@link #add}. */
    boolean wantsBlock() {
      synchronized (stock) {
        return stock.size() < STOCK;
      }
    }

    /** Puts a block into stock if it stands on the same tip and there is room. */
    void add(UnminedBlock block) {
      synchronized (stock) {
        if (wantsBlock() && block.template().previousId().equals(template.previousId())) {
          stock.add(block);
        }
      }
    }
  }
}
