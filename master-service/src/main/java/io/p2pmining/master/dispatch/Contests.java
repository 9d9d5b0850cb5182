package io.p2pmining.master.dispatch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The nonces for which a claim is being verified, and the other claims on them. These wait: only a
 * claim that is credited makes another one a duplicate. As many contests are open as the verifier
 * has claims. Owned by the dispatcher's thread.
 *
 * @param <C> a claim
 */
final class Contests<C> {

  /** Below 1 MB. Of honest workers hardly ever two find the same nonce. */
  static final int MAX_WAITING = 1000;

  private final Map<Nonce, List<C>> waiting = new HashMap<>();
  private int count;

  /** Whether a claim on this nonce is being verified. */
  boolean isOpen(String jobId, long nonce) {
    return waiting.containsKey(new Nonce(jobId, nonce));
  }

  /** A claim on this nonce is being verified now; no other is. */
  void open(String jobId, long nonce) {
    if (waiting.putIfAbsent(new Nonce(jobId, nonce), new ArrayList<>(0)) != null) {
      throw new IllegalStateException("job=" + jobId + ", nonce=" + nonce + " is open already");
    }
  }

  /** Lets another claim wait until the nonce's contest is closed; false if too many wait. */
  boolean await(String jobId, long nonce, C claim) {
    List<C> others = waiting.get(new Nonce(jobId, nonce));
    if (others == null) {
      throw new IllegalStateException("job=" + jobId + ", nonce=" + nonce + " is not open");
    }
    if (count >= MAX_WAITING) {
      return false;
    }
    count++;
    return others.add(claim);
  }

  /** It is known what the claim was worth; answers with those that waited, in their order. */
  List<C> close(String jobId, long nonce) {
    List<C> others = waiting.remove(new Nonce(jobId, nonce));
    if (others == null) {
      throw new IllegalStateException("job=" + jobId + ", nonce=" + nonce + " is not open");
    }
    count -= others.size();
    return others;
  }

  private record Nonce(String jobId, long nonce) {}
}
