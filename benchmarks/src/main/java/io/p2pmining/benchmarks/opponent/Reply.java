package io.p2pmining.benchmarks.opponent;

import io.p2pmining.benchmarks.contender.ContenderException;
import io.p2pmining.benchmarks.contender.HashRun;
import io.p2pmining.benchmarks.contender.InitRun;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A line that an opponent answered: fields {@code name=value} between blanks.
 *
 * @param line all of it, for messages
 */
record Reply(String line, Map<String, String> fields) {

  static final String CACHE_SECONDS = "cacheInitSeconds";
  static final String DATASET_SECONDS = "datasetInitSeconds";
  static final String INIT_PROCESSOR_SECONDS = "initProcessorSeconds";
  static final String HASHES = "hashes";
  static final String SECONDS = "seconds";
  static final String RATE = "hashesPerSecond";
  static final String PROCESSOR_RATE = "hashesPerProcessorSecond";
  static final String PAGES = "pages";
  static final String HASH = "hash";

  /** Reads a line; words without a {@code =} are passed over. */
  static Reply parse(String line) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (String word : line.strip().split("\\s+")) {
      int sign = word.indexOf('=');
      if (sign > 0) {
        fields.put(word.substring(0, sign), word.substring(sign + 1));
      }
    }
    return new Reply(line, fields);
  }

  /** The value of a field that must be there. */
  String text(String name) {
    String value = fields.get(name);
    if (value == null) {
      throw new ContenderException("the opponent's answer has no " + name + ": " + line);
    }
    return value;
  }

  /** The value of a field that must be a finite number from 0 on. */
  double number(String name) {
    return parse(name, text(name));
  }

  private double number(String name, double absent) {
    @Nullable String value = fields.get(name);
    return value == null ? absent : parse(name, value);
  }

  private double parse(String name, String value) {
    try {
      double number = Double.parseDouble(value);
      if (Double.isFinite(number) && number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Refused below, as a number out of range is.
    }
    throw new ContenderException("the opponent's answer has a bad " + name + ": " + line);
  }

  /** The answer to {@code run}; without a rate by processor time the one by the clock stands in. */
  HashRun hashRun() {
    double rate = number(RATE);
    return new HashRun(
        (long) number(HASHES), number(SECONDS), rate, number(PROCESSOR_RATE, rate), 0);
  }

  /** The answer to {@code init}; without processor time the time by the clock stands in. */
  InitRun initRun() {
    double cache = number(CACHE_SECONDS);
    double dataset = number(DATASET_SECONDS);
    return new InitRun(cache, dataset, number(INIT_PROCESSOR_SECONDS, cache + dataset));
  }
}
