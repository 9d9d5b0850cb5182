package io.p2pmining.master.metrics;

import java.util.Locale;

/** How values are written in labels. */
final class Labels {

  private Labels() {}

  /** The name of a constant in lower case. */
  static String of(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
