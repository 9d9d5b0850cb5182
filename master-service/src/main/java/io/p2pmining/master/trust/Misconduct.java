package io.p2pmining.master.trust;

import io.p2pmining.master.trust.KeptConduct.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one peer has done wrong lately. Each offence fills a bucket that leaks as many in a window
 * as its threshold allows; a bucket that is full sends the peer into quarantine, each time for
 * longer. Guarded by its owner.
 */
final class Misconduct {

  private final QuarantineSettings settings;
  private final Map<Offence, Level> levels = new EnumMap<>(Offence.class);
  private int quarantines;
  private @Nullable Instant lastEnd;

  Misconduct(QuarantineSettings settings) {
    this.settings = settings;
  }

  /** Takes up what an earlier process has counted. */
  void restore(Map<Offence, Level> known, int earned, @Nullable Instant lastQuarantineEnd) {
    levels.putAll(known);
    quarantines = earned;
    lastEnd = lastQuarantineEnd;
  }

  /** Counts an offence; with it may come a quarantine. */
  Optional<Sentence> committed(Offence offence, Instant now) {
    int threshold = settings.threshold(offence);
    if (threshold == 0) {
      return Optional.empty();
    }
    double left = leaked(offence, threshold, now);
    if (left + 1 < threshold) {
      levels.put(offence, new Level(left + 1, now));
      return Optional.empty();
    }
    levels.clear();
    return Optional.of(sentence(offence, threshold, now));
  }

  private double leaked(Offence offence, int threshold, Instant now) {
    Level before = levels.get(offence);
    if (before == null) {
      return 0;
    }
    long millis = Math.max(0, Duration.between(before.at(), now).toMillis());
    double perMillisecond = threshold / (double) settings.window(offence).toMillis();
    return Math.max(0, before.amount() - millis * perMillisecond);
  }

  private Sentence sentence(Offence offence, int threshold, Instant now) {
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
        "%d %s within about %s"
            .formatted(threshold, offence.plural(), inWords(settings.window(offence)));
    return new Sentence(duration, reason);
  }

  /** How much there is of each offence. */
  Map<Offence, Level> levels() {
    return levels;
  }

  /** How many quarantines were earned that are not forgiven. */
  int quarantines() {
    return quarantines;
  }

  /** When the last quarantine ends; null if there was none. */
  @Nullable Instant lastEnd() {
    return lastEnd;
  }

  private static String inWords(Duration duration) {
    if (duration.toSeconds() % Duration.ofDays(1).toSeconds() == 0) {
      return duration.toDays() + " d";
    }
    return duration.toSeconds() % 60 == 0
        ? duration.toMinutes() + " min"
        : duration.toSeconds() + " s";
  }
}
