package io.p2pmining.master.health;

import io.p2pmining.master.verify.PooledVerifier;
import io.p2pmining.master.work.UnitState;
import io.p2pmining.master.work.WorkQueue;
import java.util.Map;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/** {@code queue}: up as long as units can be counted and shares find room to be verified. */
@Component("queueHealthIndicator")
final class QueueHealth extends AbstractHealthIndicator {

  private final WorkQueue queue;
  private final PooledVerifier verifier;

  QueueHealth(WorkQueue queue, PooledVerifier verifier) {
    super("The work queue cannot be read");
    this.queue = queue;
    this.verifier = verifier;
  }

  @Override
  protected void doHealthCheck(Health.Builder health) {
    Map<UnitState, Long> units = queue.countByState();
    health
        .withDetail("pending", units.getOrDefault(UnitState.PENDING, 0L))
        .withDetail(
            "leased",
            units.getOrDefault(UnitState.ASSIGNED, 0L)
                + units.getOrDefault(UnitState.COMPUTING, 0L))
        .withDetail("sharesToVerify", verifier.waiting());
    if (verifier.room() > 0) {
      health.up();
    } else {
      health
          .down()
          .withDetail(
              "verification",
              "No share finds room to be verified: give it more threads with"
                  + " p2pmine.master.verification.threads");
    }
  }
}
