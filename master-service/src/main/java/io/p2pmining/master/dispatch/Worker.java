package io.p2pmining.master.dispatch;

import io.p2pmining.master.work.NoWorkReason;
import io.p2pmining.master.work.PeerId;
import io.p2pmining.master.work.PeerLink;
import io.p2pmining.master.work.Verdict;
import io.p2pmining.master.work.WorkerProfile;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the dispatcher knows of a worker, connected or not. Owned by the dispatcher's thread. */
final class Worker {

  /** Results whose verdicts are remembered, in case the worker sends them again. */
  private static final int REMEMBERED_VERDICTS = 1024;

  /** How much the latest report counts in the average rate. */
  private static final double WEIGHT = 0.3;

  private WorkerProfile profile;
  private @Nullable PeerLink link;
  private int depth;
  private boolean requested;
  private double rate;
  private @Nullable Instant goneAt;
  private @Nullable NoWorkReason toldNoWork;
  private String toldDetail = "";
  private final Set<Long> inVerification = new HashSet<>();
  private final Map<Long, Verdict> verdicts =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Verdict> eldest) {
          return size() > REMEMBERED_VERDICTS;
        }
      };

  Worker(WorkerProfile profile, PeerLink link) {
    this.profile = profile;
    this.link = link;
  }

  PeerId peer() {
    return profile.peer();
  }

  WorkerProfile profile() {
    return profile;
  }

  @Nullable PeerLink link() {
    return link;
  }

  /** Connected, for the first time or again; or the same connection has told new capabilities. */
  void connected(WorkerProfile newProfile, PeerLink newLink) {
    profile = newProfile;
    if (link != newLink) {
      depth = 0;
      requested = false;
      toldNoWork = null;
    }
    link = newLink;
    goneAt = null;
  }

  void disconnected(Instant now) {
    link = null;
    depth = 0;
    goneAt = now;
  }

  /** When the link was lost; null while there is one. */
  @Nullable Instant goneAt() {
    return goneAt;
  }

  int depth() {
    return depth;
  }

  /** Notes the wanted depth and answers whether this is the connection's first request. */
  boolean requests(int wanted) {
    depth = wanted;
    boolean first = !requested;
    requested = true;
    return first;
  }

  void measured(double hashesPerSecond) {
    if (hashesPerSecond > 0) {
      rate = rate == 0 ? hashesPerSecond : rate + WEIGHT * (hashesPerSecond - rate);
    }
  }

  /** The measured rate; for an algorithm, the prior if there is none. */
  double rateFor(WorkerProfile.Ability ability) {
    return rate > 0 ? rate : UnitSizer.priorRate(profile, ability);
  }

  /** Whether the worker has to be told this; remembers that it was. */
  boolean tellNoWork(NoWorkReason reason, String detail) {
    boolean news = toldNoWork != reason || !toldDetail.equals(detail);
    toldNoWork = reason;
    toldDetail = detail;
    return news;
  }

  void hasWork() {
    toldNoWork = null;
  }

  /** The verdict on a result that was seen before; null if it was not, or has none yet. */
  @Nullable Verdict verdict(long resultId) {
    return verdicts.get(resultId);
  }

  /** Notes that a result is being verified; false if it already is. */
  boolean beginVerification(long resultId) {
    return inVerification.add(resultId);
  }

  void abandonVerification(long resultId) {
    inVerification.remove(resultId);
  }

  /** Notes a verdict and acknowledges it if the worker is there. */
  void settle(long resultId, Verdict verdict) {
    inVerification.remove(resultId);
    verdicts.put(resultId, verdict);
    acknowledge(resultId, verdict);
  }

  void acknowledge(long resultId, Verdict verdict) {
    PeerLink current = link;
    if (current != null) {
      current.acknowledge(resultId, verdict);
    }
  }
}
