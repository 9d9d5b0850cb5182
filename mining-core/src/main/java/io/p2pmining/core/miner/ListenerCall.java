package io.p2pmining.core.miner;

import io.p2pmining.core.memory.InsufficientMemoryException;

/** Tells a listener something, and keeps what it throws from ending the thread that tells. */
final class ListenerCall {

  private static final System.Logger LOG = System.getLogger(Miner.class.getName());

  private ListenerCall() {}

  static void run(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "a miner's listener failed", e);
    }
  }

  /** What to tell an operator about this trouble. */
  static String sentenceFor(Throwable trouble) {
    String message = trouble.getMessage();
    return trouble instanceof InsufficientMemoryException && message != null
        ? message
        : trouble.toString();
  }
}
