package io.p2pmining.benchmarks.load;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What the workers of a run went through. Safe for use by any thread. */
final class Tally {

  /** More kinds than this are not told apart. */
  private static final int MAX_KINDS = 100;

  private static final String OTHERS = "others";

  final Latencies handshakes = new Latencies();
  final Latencies assignments = new Latencies();
  final Latencies acknowledgements = new Latencies();
  private final LongAdder shares = new LongAdder();
  private final LongAdder completions = new LongAdder();
  private final LongAdder connected = new LongAdder();
  private final LongAdder introduced = new LongAdder();
  private final Map<String, LongAdder> errors = new ConcurrentHashMap<>();

  /** What was measured so far does not count. */
  void startAgain() {
    assignments.clear();
    acknowledgements.clear();
    shares.reset();
    completions.reset();
  }

  void connected(int change) {
    connected.add(change);
  }

  void introduced() {
    introduced.increment();
  }

  void shareAcknowledged() {
    shares.increment();
  }

  void completionAcknowledged() {
    completions.increment();
  }

  void error(String kind) {
    String name = errors.size() < MAX_KINDS || errors.containsKey(kind) ? kind : OTHERS;
    errors.computeIfAbsent(name, unknown -> new LongAdder()).increment();
  }

  long connections() {
    return connected.sum();
  }

  /** How many have gone through the handshake. */
  long introductions() {
    return introduced.sum();
  }

  long shares() {
    return shares.sum();
  }

  long completions() {
    return completions.sum();
  }

  /** How often each kind of error occurred. */
  Map<String, Long> errors() {
    Map<String, Long> counts = new TreeMap<>();
    errors.forEach((kind, count) -> counts.put(kind, count.sum()));
    return counts;
  }

  long errorCount() {
    return errors.values().stream().mapToLong(LongAdder::sum).sum();
  }
}
