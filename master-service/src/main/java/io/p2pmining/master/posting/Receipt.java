package io.p2pmining.master.posting;

import io.p2pmining.master.store.Answer;
import java.util.Optional;

/**
 * Writes the answer that is to be stored together with what was done, for a request that its client
 * may repeat. Called on the dispatcher's thread: returns quickly.
 */
@FunctionalInterface
public interface Receipt<T> {

  /** The answer; empty if the client will not repeat the request. */
  Optional<Answer> of(T done);

  /** For requests that are not repeated. */
  static <T> Receipt<T> none() {
    return done -> Optional.empty();
  }
}
