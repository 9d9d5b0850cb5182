package io.p2pmining.master.posting;

import io.p2pmining.master.peer.Standing;
import io.p2pmining.master.work.PeerId;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Takes operators' decisions on who gets work. Safe for use by any thread; nothing here waits. A
 * decision takes effect at once; its future completes once it is durable, and fails only by a bug.
 */
public interface StandingOrders {

  /** Lets a peer finish what it has; in conflict if it is out of service already. */
  CompletableFuture<Outcome<Standing>> drain(PeerId peer, String reason, Receipt<Standing> receipt);

  /**
   * Takes all work from a peer; in conflict if that is done already.
   *
   * @param duration after which it is in service again; null for until it is resumed
   */
  CompletableFuture<Outcome<Standing>> quarantine(
      PeerId peer, String reason, @Nullable Duration duration, Receipt<Standing> receipt);

  /** Puts a peer into service again; in conflict if it is. */
  CompletableFuture<Outcome<Standing>> resume(PeerId peer, Receipt<Standing> receipt);
}
