package io.p2pmining.cli.doctor;

import com.fasterxml.jackson.annotation.JsonValue;
import io.p2pmining.cli.terminal.Tone;
import java.util.Locale;

/** How bad a finding is. */
enum Level {
  /** As it should be. */
  OK(Tone.GOOD),
  /** It works, but slower or less safely than it could. */
  WARN(Tone.WARNING),
  /** Something does not work. */
  FAIL(Tone.BAD);

  private final Tone tone;

  Level(Tone tone) {
    this.tone = tone;
  }

  @JsonValue
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  Tone tone() {
    return tone;
  }
}
