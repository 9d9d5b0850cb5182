package io.p2pmining.master.source.monero;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The blocks behind the jobs that were handed out, so that a nonce found late can still be
 * submitted. Forgets the oldest beyond {@link #CAPACITY}. Safe for use by any thread.
 */
final class JobTable {

  /** At one job in 30 s, about two hours of them; some kilobytes each. */
  static final int CAPACITY = 256;

  // Guarded by itself.
  private final Map<String, HandedOut> entries =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, HandedOut> eldest) {
          return size() > CAPACITY;
        }
      };

  /** A block and the node whose template it is made of. */
  record HandedOut(UnminedBlock block, Node origin) {}

  void put(String jobId, HandedOut entry) {
    synchronized (entries) {
      entries.put(jobId, entry);
    }
  }

  Optional<HandedOut> find(String jobId) {
    synchronized (entries) {
      return Optional.ofNullable(entries.get(jobId));
    }
  }
}
