package io.p2pmining.master.work;

class InMemoryWorkQueueTest extends WorkQueueContract {

  @Override
  WorkQueue create() {
    return new InMemoryWorkQueue(100, 1_000_000);
  }
}
