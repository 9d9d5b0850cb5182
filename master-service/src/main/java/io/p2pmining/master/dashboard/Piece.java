package io.p2pmining.master.dashboard;

import io.p2pmining.master.event.EventType;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** A piece of the page that is made anew by itself. */
enum Piece {
  NOW,
  PEERS,
  WORK,
  FOUND,
  EVENTS;

  /** Its id in the page, and the end of its address. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What looks different after an event. */
  static Set<Piece> changedBy(EventType type) {
    return switch (type) {
      case JOB -> EnumSet.of(WORK, EVENTS);
      case UNIT -> EnumSet.of(WORK);
      case SHARE -> EnumSet.of(PEERS, FOUND, EVENTS);
      case BLOCK -> EnumSet.of(FOUND, EVENTS);
      case PEER -> EnumSet.of(PEERS, EVENTS);
      case SETTINGS -> EnumSet.of(EVENTS);
    };
  }
}
