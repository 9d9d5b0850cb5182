package io.p2pmining.master.work;

import java.util.concurrent.atomic.AtomicLong;

class InMemoryWorkQueueTest extends WorkQueueContract {

  @Override
  WorkQueue create(UnitLog log) {
    AtomicLong units = new AtomicLong();
    AtomicLong leases = new AtomicLong(1_000_000);
    return new InMemoryWorkQueue(units::incrementAndGet, leases::incrementAndGet, log);
  }
}
