package io.p2pmining.master.event;

import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened. Immutable but for the text that is made of it once, for all who read it;
 * safe for use by any thread.
 */
public final class ClusterEvent {

  private final long id;
  private final Instant at;
  private final Occurrence occurrence;
  private volatile @Nullable String text;

  ClusterEvent(long id, Instant at, Occurrence occurrence) {
    this.id = id;
    this.at = at;
    this.occurrence = occurrence;
  }

  /** One more than that of the event before, and above those of an earlier process. */
  public long id() {
    return id;
  }

  public Instant at() {
    return at;
  }

  public Occurrence occurrence() {
    return occurrence;
  }

  /**
   * The event as text.
   *
   * @param writer always the same one; may be asked more than once when several threads come first
   */
  public String text(Function<ClusterEvent, String> writer) {
    String known = text;
    if (known == null) {
      known = writer.apply(this);
      text = known;
    }
    return known;
  }
}
