package io.p2pmining.master.event;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What an event is about. */
public enum EventType {
  JOB,
  UNIT,
  SHARE,
  BLOCK,
  PEER,
  SETTINGS;

  /** Its name where events are told. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The type of this label, if there is one. */
  public static Optional<EventType> of(String label) {
    return Arrays.stream(values()).filter(type -> type.label().equals(label)).findFirst();
  }
}
