package io.p2pmining.master.api;

import io.p2pmining.common.work.Bytes;
import io.p2pmining.master.posting.Outcome;
import io.p2pmining.master.posting.Postings;
import io.p2pmining.master.posting.Receipt;
import io.p2pmining.master.store.Answer;
import io.p2pmining.master.store.Answers;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Requests that a client may repeat under one {@code Idempotency-Key} until it knows what came of
 * them: what was done is done once, and its answer, which is stored in the same transaction, is
 * given again. The same key with another request is refused, and a request that is still under way.
 * Safe for use by any thread.
 */
@Component
final class RepeatableRequests {

  static final String KEY = "Idempotency-Key";

  private static final String REPLAYED = "Idempotency-Replayed";
  private static final int MAX_KEY_LENGTH = 255;

  /** Requests with a key that wait for the database, which is slow or gone when there are many. */
  private static final int MAX_UNDER_WAY = 1000;

  private final Answers answers;
  private final Postings postings;
  private final JsonMapper json;
  private final Clock clock;
  private final ConcurrentHashMap<String, Bytes> underWay = new ConcurrentHashMap<>();

  RepeatableRequests(Answers answers, Postings postings, JsonMapper json, Clock clock) {
    this.answers = answers;
    this.postings = postings;
    this.json = json;
    this.clock = clock;
  }

  /**
   * A request and the name that its client gave it.
   *
   * @param operation method and path
   * @param key null if the client will not repeat it
   */
  record Request(String operation, @Nullable Object body, @Nullable String key) {}

  /**
   * What a request asks for.
   *
   * @param <T> what is answered once it is done
   */
  @FunctionalInterface
  interface Wish<T> {
    CompletableFuture<Outcome<T>> ask(Receipt<T> receipt);
  }

  /**
   * Answers a request that makes something, with status 201.
   *
   * @param wish does it; its receipt stores the answer with it
   */
  <T, V> ResponseEntity<V> make(
      Request request, Class<V> type, Function<T, Created<V>> view, Wish<T> wish) {
    return perform(request, type, done -> created(view.apply(done)), wish);
  }

  /**
   * Answers a request that changes something, with status 200.
   *
   * @param view made on the dispatcher's thread: returns quickly
   * @param wish does it; its receipt stores the answer with it
   */
  <T, V> ResponseEntity<V> amend(
      Request request, Class<V> type, Function<T, V> view, Wish<T> wish) {
    return perform(request, type, done -> ResponseEntity.ok(view.apply(done)), wish);
  }

  private <T, V> ResponseEntity<V> perform(
      Request request, Class<V> type, Function<T, ResponseEntity<V>> reply, Wish<T> wish) {
    String key = request.key();
    if (key == null) {
      return reply.apply(Waiting.forOutcome(wish.ask(Receipt.none())));
    }
    Bytes fingerprint = begin(request, key);
    Optional<ResponseEntity<V>> before = earlier(key, fingerprint, type);
    if (before.isPresent()) {
      return before.get();
    }
    var outcome = startOrForget(key, () -> wish.ask(receipt(key, fingerprint, reply)));
    return reply.apply(Waiting.forOutcome(outcome));
  }

  private static <V> ResponseEntity<V> created(Created<V> made) {
    return ResponseEntity.created(URI.create(made.location())).body(made.view());
  }

  /** The request stays under way until its outcome is known, however long its client waits. */
  private <T> CompletableFuture<Outcome<T>> startOrForget(
      String key, Supplier<CompletableFuture<Outcome<T>>> start) {
    try {
      return start.get().whenComplete((outcome, failure) -> underWay.remove(key));
    } catch (RuntimeException e) {
      underWay.remove(key);
      throw e;
    }
  }

  private <T, V> Receipt<T> receipt(
      String key, Bytes fingerprint, Function<T, ResponseEntity<V>> reply) {
    return done -> {
      ResponseEntity<V> given = reply.apply(done);
      URI location = given.getHeaders().getLocation();
      return Optional.of(
          answer(
              key,
              fingerprint,
              given.getStatusCode(),
              location == null ? "" : location.toString(),
              Objects.requireNonNull(given.getBody())));
    };
  }

  /** Answers a request that changes what no database knows of, with status 200. */
  <V> ResponseEntity<V> change(Request request, Class<V> type, Supplier<V> action) {
    String key = request.key();
    if (key == null) {
      return ResponseEntity.ok(action.get());
    }
    Bytes fingerprint = begin(request, key);
    Optional<ResponseEntity<V>> before = earlier(key, fingerprint, type);
    if (before.isPresent()) {
      return before.get();
    }
    try {
      V view = action.get();
      var unused =
          Waiting.forOutcome(postings.remember(answer(key, fingerprint, HttpStatus.OK, "", view)));
      return ResponseEntity.ok(view);
    } finally {
      underWay.remove(key);
    }
  }

  /** Notes that a request is under way. */
  private Bytes begin(Request request, String key) {
    if (key.isEmpty()
        || key.length() > MAX_KEY_LENGTH
        || !key.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new BadParameterException(
          KEY, key, "must be 1 to " + MAX_KEY_LENGTH + " visible ASCII characters");
    }
    Bytes fingerprint = fingerprint(request);
    if (underWay.size() >= MAX_UNDER_WAY) {
      throw new BusyException(MAX_UNDER_WAY + " requests wait for the database");
    }
    Bytes other = underWay.putIfAbsent(key, fingerprint);
    if (other != null) {
      requireSame(other, fingerprint);
      throw new ConflictException("The request with this " + KEY + " is still under way");
    }
    return fingerprint;
  }

  /** The answer that was given before, in which case the request is not under way any more. */
  private <V> Optional<ResponseEntity<V>> earlier(String key, Bytes fingerprint, Class<V> type) {
    boolean goesOn = false;
    try {
      Optional<Answer> known = answers.find(key);
      known.ifPresent(answer -> requireSame(answer.fingerprint(), fingerprint));
      goesOn = known.isEmpty();
      return known.map(answer -> replay(answer, type));
    } finally {
      if (!goesOn) {
        underWay.remove(key);
      }
    }
  }

  private static void requireSame(Bytes known, Bytes fingerprint) {
    if (!known.equals(fingerprint)) {
      throw new UnprocessableException(
          "This " + KEY + " was used for another request: give each request a key of its own");
    }
  }

  private Answer answer(
      String key, Bytes fingerprint, HttpStatusCode status, String location, Object view) {
    return new Answer(
        key, fingerprint, status.value(), location, json.writeValueAsString(view), clock.instant());
  }

  private <V> ResponseEntity<V> replay(Answer answer, Class<V> type) {
    var response = ResponseEntity.status(answer.status()).header(REPLAYED, "true");
    if (!answer.location().isEmpty()) {
      response.location(URI.create(answer.location()));
    }
    return response.body(json.readValue(answer.body(), type));
  }

  private Bytes fingerprint(Request request) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(request.operation().getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
      digest.update(json.writeValueAsBytes(request.body()));
      return Bytes.copyOf(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
