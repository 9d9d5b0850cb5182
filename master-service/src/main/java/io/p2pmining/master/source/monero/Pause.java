package io.p2pmining.master.source.monero;

import java.time.Duration;

/** Lets time pass; a test's version moves its clock instead. */
@FunctionalInterface
interface Pause {

  void sleep(Duration duration) throws InterruptedException;
}
