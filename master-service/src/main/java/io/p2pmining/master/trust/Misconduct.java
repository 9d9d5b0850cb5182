package io.p2pmining.master.trust;

import io.p2pmining.master.work.Rejection;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one peer has done wrong lately. Each kind of rejection fills a bucket that leaks as many in
 * a window as its threshold allows; a bucket that is full sends the peer into quarantine, each time
 * for longer. Guarded by its owner.
 */
final class Misconduct {

  private final QuarantineSettings settings;
  private final Map<Rejection, Bucket> buckets = new EnumMap<>(Rejection.class);
  private int quarantines;
  private @Nullable Instant lastEnd;

  Misconduct(QuarantineSettings settings) {
    this.settings = settings;
  }

  /** Counts a rejected share; with it may come a quarantine. */
  Optional<Sentence> rejected(Rejection kind, Instant now) {
    int threshold = settings.threshold(kind);
    if (threshold == 0) {
      return Optional.empty();
    }
    Bucket bucket = buckets.computeIfAbsent(bucketOf(kind), k -> new Bucket(now));
    bucket.leak(now, threshold / (double) settings.window().toMillis());
    bucket.level++;
    if (bucket.level < threshold) {
      return Optional.empty();
    }
    buckets.clear();
    return Optional.of(sentence(kind, threshold, now));
  }

  private Sentence sentence(Rejection kind, int threshold, Instant now) {
    Instant last = lastEnd;
    if (last != null && now.isAfter(last.plus(settings.forgiveAfter()))) {
      quarantines = 0;
    }
    Duration duration = settings.first();
    for (int i = 0; i < quarantines && duration.compareTo(settings.longest()) < 0; i++) {
      duration = duration.multipliedBy(2);
    }
    if (duration.compareTo(settings.longest()) > 0) {
      duration = settings.longest();
    }
    quarantines++;
    lastEnd = now.plus(duration);
    String reason =
        "%d %s within about %s".formatted(threshold, name(kind), inWords(settings.window()));
    return new Sentence(duration, reason);
  }

  /** Kinds that share a threshold share a bucket. */
  private static Rejection bucketOf(Rejection kind) {
    return switch (kind) {
      case OUT_OF_RANGE -> Rejection.MALFORMED;
      case UNKNOWN_UNIT -> Rejection.STALE;
      case BAD_HASH, LOW_DIFFICULTY, DUPLICATE, STALE, MALFORMED -> kind;
    };
  }

  private static String name(Rejection kind) {
    return switch (kind) {
      case BAD_HASH -> "shares with a wrong hash";
      case DUPLICATE -> "duplicate shares";
      case LOW_DIFFICULTY -> "shares above their target";
      case OUT_OF_RANGE, MALFORMED -> "malformed shares";
      case STALE, UNKNOWN_UNIT -> "stale shares";
    };
  }

  private static String inWords(Duration duration) {
    return duration.toSeconds() % 60 == 0
        ? duration.toMinutes() + " min"
        : duration.toSeconds() + " s";
  }

  private static final class Bucket {

    private double level;
    private Instant at;

    Bucket(Instant now) {
      at = now;
    }

    void leak(Instant now, double perMillisecond) {
      long millis = Math.max(0, Duration.between(at, now).toMillis());
      level = Math.max(0, level - millis * perMillisecond);
      at = now;
    }
  }
}
