package io.p2pmining.master.api;

import io.p2pmining.master.posting.Outcome;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits on a request's own thread for what the dispatcher makes of it. */
final class Waiting {

  /** Longer than any commit that is not stuck; shorter than clients wait. */
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private Waiting() {}

  /**
   * What was done.
   *
   * @throws UnknownIdException if it is about something that is not there
   * @throws ConflictException if it cannot be done as things are
   * @throws BusyException if there is no room, or the database does not take it in time
   */
  static <T> T forOutcome(CompletableFuture<Outcome<T>> future) {
    return valueOf(await(future));
  }

  /** The same for an outcome that is known. */
  static <T> T valueOf(Outcome<T> outcome) {
    return switch (outcome) {
      case Outcome.Done<T>(T value) -> value;
      case Outcome.Unknown<T>(String kind, String id) -> throw new UnknownIdException(kind, id);
      case Outcome.Conflict<T>(String detail) -> throw new ConflictException(detail);
      case Outcome.Full<T>(String detail) -> throw new BusyException(detail);
    };
  }

  /**
   * The outcome, whatever it is.
   *
   * @throws BusyException if the database does not take it in time
   */
  static <T> Outcome<T> await(CompletableFuture<Outcome<T>> future) {
    try {
      return future.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw late();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw late();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the dispatcher failed", e.getCause());
    }
  }

  private static BusyException late() {
    return new BusyException(
        "The database does not take this now, but may still: repeat the request with the same "
            + RepeatableRequests.KEY
            + " to learn what came of it");
  }
}
