package io.p2pmining.master.dispatch;

import io.p2pmining.master.posting.Outcome;
import io.p2pmining.master.posting.Receipt;
import io.p2pmining.master.store.Journal;
import io.p2pmining.master.store.Supply;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Does what requests ask for on the dispatcher's thread, each as one group with its answer. Safe
 * for use by any thread.
 */
final class DurableWishes {

  private static final String BUSY = "the master's database does not keep up; try again later";

  private final Journal journal;
  private final Supply supply;
  private final Executor owner;

  DurableWishes(Durability durability, Executor owner) {
    this.journal = durability.journal();
    this.supply = durability.supply();
    this.owner = owner;
  }

  /**
   * Does it, and completes the future once it is durable.
   *
   * @param afterwards follows in the same task if it was done
   */
  <T> CompletableFuture<Outcome<T>> fulfil(
      Supplier<Outcome<T>> wish, Receipt<T> receipt, Runnable afterwards) {
    CompletableFuture<Outcome<T>> future = new CompletableFuture<>();
    owner.execute(
        () -> {
          try {
            Outcome<T> outcome =
                journal.isFull() || !supply.canLease(1) ? new Outcome.Full<>(BUSY) : wish.get();
            if (outcome instanceof Outcome.Done<T>(T value)) {
              receipt.of(value).ifPresent(journal::answered);
              journal.whenDurable(() -> future.complete(outcome));
              afterwards.run();
            } else {
              future.complete(outcome);
            }
          } catch (RuntimeException e) {
            future.completeExceptionally(e);
          }
        });
    return future;
  }
}
