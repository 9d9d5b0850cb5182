package io.p2pmining.master.verify;

import io.p2pmining.common.work.Bytes;
import io.p2pmining.core.pow.EngineSettings;
import io.p2pmining.core.pow.Hasher;
import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.core.pow.PowAlgorithm;
import io.p2pmining.core.pow.Preparation;
import io.p2pmining.core.pow.PreparedSeed;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Prepared seeds in light mode, the least recently used closed first. A seed is prepared once, by
 * the first thread that asks for it, while others wait. Safe for use by any thread.
 */
final class SeedCache implements AutoCloseable {

  private final int capacity;
  private final EngineSettings engine;
  private final Map<Key, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
  private boolean closed;

  /**
   * @param capacity how many seeds are kept beside those in use
   * @param engine how hashes are computed
   */
  SeedCache(int capacity, EngineSettings engine) {
    this.capacity = capacity;
    this.engine = engine;
  }

  /** Runs {@code use} with a hasher that no other thread has. */
  <T> T withHasher(PowAlgorithm algorithm, Bytes seed, HasherUse<T> use)
      throws InterruptedException {
    Entry entry = acquire(new Key(algorithm.name(), seed));
    try {
      PreparedSeed prepared = entry.prepared(algorithm, seed, engine);
      Hasher hasher = entry.borrow(prepared);
      try {
        return use.with(hasher);
      } finally {
        entry.giveBack(hasher);
      }
    } finally {
      release(entry);
    }
  }

  private synchronized Entry acquire(Key key) {
    if (closed) {
      throw new IllegalStateException("the verifier is closed");
    }
    Entry entry = entries.computeIfAbsent(key, k -> new Entry());
    entry.users++;
    evict();
    return entry;
  }

  private synchronized void release(Entry entry) {
    entry.users--;
    evict();
  }

  private void evict() {
    Iterator<Entry> oldestFirst = entries.values().iterator();
    int surplus = closed ? entries.size() : entries.size() - capacity;
    while (surplus > 0 && oldestFirst.hasNext()) {
      Entry entry = oldestFirst.next();
      if (entry.users == 0) {
        oldestFirst.remove();
        entry.close();
        surplus--;
      }
    }
  }

  /** Closes what nobody uses now, and the rest as soon as it is given back. */
  @Override
  public synchronized void close() {
    closed = true;
    evict();
  }

  /** What to do with a hasher. */
  interface HasherUse<T> {
    T with(Hasher hasher);
  }

  private record Key(String algorithm, Bytes seed) {}

  /**
   * A seed, being prepared or ready. {@link #users} is guarded by the cache, the rest by itself.
   */
  private static final class Entry {

    private int users;
    private @Nullable PreparedSeed prepared;
    private final Deque<Hasher> idle = new ArrayDeque<>();

    synchronized PreparedSeed prepared(PowAlgorithm algorithm, Bytes seed, EngineSettings engine)
        throws InterruptedException {
      PreparedSeed ready = prepared;
      if (ready == null) {
        ready =
            algorithm.prepare(
                seed.toArray(), HashingMode.LIGHT, Preparation.onThreads(1).withEngine(engine));
        prepared = ready;
      }
      return ready;
    }

    synchronized Hasher borrow(PreparedSeed from) {
      Hasher hasher = idle.poll();
      return hasher == null ? from.newHasher() : hasher;
    }

    synchronized void giveBack(Hasher hasher) {
      idle.push(hasher);
    }

    synchronized void close() {
      idle.forEach(Hasher::close);
      idle.clear();
      if (prepared != null) {
        prepared.close();
        prepared = null;
      }
    }
  }
}
