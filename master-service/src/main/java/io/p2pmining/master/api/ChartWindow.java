package io.p2pmining.master.api;

import io.p2pmining.master.peer.Resolution;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The times that charts show. */
enum ChartWindow {
  ONE_MINUTE("1m", Duration.ofMinutes(1), Resolution.FIVE_SECONDS),
  FIFTEEN_MINUTES("15m", Duration.ofMinutes(15), Resolution.FIVE_SECONDS),
  ONE_DAY("24h", Duration.ofHours(24), Resolution.TWO_MINUTES),
  THIRTY_DAYS("30d", Duration.ofDays(30), Resolution.ONE_HOUR);

  private final String label;
  private final Duration length;
  private final Resolution resolution;

  ChartWindow(String label, Duration length, Resolution resolution) {
    this.label = label;
    this.length = length;
    this.resolution = resolution;
  }

  static ChartWindow of(String label) {
    return Arrays.stream(values())
        .filter(window -> window.label.equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new BadParameterException(
                    "window",
                    label,
                    Arrays.stream(values())
                        .map(ChartWindow::label)
                        .collect(Collectors.joining(", ", "must be one of ", ""))));
  }

  String label() {
    return label;
  }

  Duration length() {
    return length;
  }

  Resolution resolution() {
    return resolution;
  }
}
