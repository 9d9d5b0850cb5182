package io.p2pmining.master.posting;

import java.util.function.Function;

/** What came of a wish. */
public sealed interface Outcome<T> {

  /** It was done, and is durable. */
  record Done<T>(T value) implements Outcome<T> {}

  /** It is about something that is not there, or not any more. */
  record Unknown<T>(String kind, String id) implements Outcome<T> {}

  /** It cannot be done as things are. */
  record Conflict<T>(String detail) implements Outcome<T> {}

  /** There is no room now; nothing was done. */
  record Full<T>(String detail) implements Outcome<T> {}

  /** The same outcome for another kind of value. */
  default <R> Outcome<R> map(Function<? super T, ? extends R> change) {
    return switch (this) {
      case Done<T>(T value) -> new Done<>(change.apply(value));
      case Unknown<T>(String kind, String id) -> new Unknown<>(kind, id);
      case Conflict<T>(String detail) -> new Conflict<>(detail);
      case Full<T>(String detail) -> new Full<>(detail);
    };
  }
}
