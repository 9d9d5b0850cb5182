package io.p2pmining.master.health;

import io.p2pmining.master.store.Journal;
import io.p2pmining.master.store.StoreStatus;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/** {@code store}: up as long as results become durable in good time. */
@Component("storeHealthIndicator")
final class StoreHealth extends AbstractHealthIndicator {

  private final StoreStatus status;
  private final Journal journal;

  StoreHealth(StoreStatus status, Journal journal) {
    super("The state of the database cannot be told");
    this.status = status;
    this.journal = journal;
  }

  @Override
  protected void doHealthCheck(Health.Builder health) {
    String trouble = status.trouble();
    health.withDetail("waiting", journal.waiting());
    if (trouble.isEmpty() && !journal.isFull()) {
      health.up();
    } else {
      health
          .down()
          .withDetail(
              "reason",
              trouble.isEmpty()
                  ? "More results wait for the database than there is room for"
                  : trouble);
    }
  }
}
