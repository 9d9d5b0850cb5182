package io.p2pmining.master.dispatch;

import java.util.LinkedHashMap;
import java.util.Map;

/** A map that forgets its oldest entry when it would grow beyond a bound. */
final class Bounded<K, V> extends LinkedHashMap<K, V> {

  private static final long serialVersionUID = 1L;

  private final int bound;

  Bounded(int bound) {
    this.bound = bound;
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
    return size() > bound;
  }
}
