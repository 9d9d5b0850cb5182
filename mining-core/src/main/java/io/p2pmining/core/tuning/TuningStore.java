package io.p2pmining.core.tuning;

import io.p2pmining.core.memory.PagePolicy;
import io.p2pmining.core.pow.EngineSettings;
import io.p2pmining.core.pow.PrefetchMode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Keeps results of tuning in a file, {@code tuning.json} in the data directory. A file that cannot
 * be read is said and ignored, and replaced by the next result. The file appears whole: it is
 * written beside and moved. Safe for use by any thread; of two processes that write at once one
 * loses its result, and tunes again some day.
 */
public final class TuningStore {

  /** The name of the file. */
  public static final String NAME = "tuning.json";

  private static final System.Logger LOG = System.getLogger(TuningStore.class.getName());

  /** Of the file's form; another one is none of ours. */
  private static final int FORM = 2;

  private static final int MAX_ENTRIES = 64;
  private static final int MAX_BYTES = 256 << 10;
  private static final int MAX_THREADS = 8192;

  private final Path file;

  /** A store in a file that need not exist. */
  public TuningStore(Path file) {
    this.file = file;
  }

  /** What was kept for a key. */
  public synchronized Optional<StoredTuning> find(TuningKey key) {
    return Optional.ofNullable(read().get(key));
  }

  /**
   * Keeps a result in place of the former one for the key; the oldest ones make room.
   *
   * @throws IOException if the file cannot be written
   */
  public synchronized void keep(TuningKey key, StoredTuning tuning) throws IOException {
    Map<TuningKey, StoredTuning> entries = read();
    entries.remove(key);
    entries.put(key, tuning);
    while (entries.size() > MAX_ENTRIES) {
      entries.remove(entries.keySet().iterator().next());
    }
    write(entries);
  }

  private void write(Map<TuningKey, StoredTuning> entries) throws IOException {
    String text =
        entries.entrySet().stream()
            .map(entry -> text(entry.getKey(), entry.getValue()))
            .collect(
                Collectors.joining(",\n", "{\"form\": " + FORM + ", \"results\": [\n", "]}\n"));
    Path unfinished = file.resolveSibling(file.getFileName() + ".tmp");
    Files.writeString(unfinished, text, StandardCharsets.UTF_8);
    Files.move(
        unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static String text(TuningKey key, StoredTuning tuning) {
    return String.format(
        Locale.ROOT,
        """
          {"cpu": %s, "processors": %d, "version": %s, "algorithm": %s, "mode": %s,
           "pages": %s, "instructions": %s, "tables": %d, "fixed": %s,
           "threads": %d, "lanes": %d, "prefetch": %s, "bound": %b, "scratchpads": %s,
           "hashesPerSecond": %.2f}\
        """,
        Json.quoted(key.cpu()),
        key.processors(),
        Json.quoted(key.version()),
        Json.quoted(key.algorithm()),
        Json.quoted(key.mode()),
        Json.quoted(key.pages()),
        Json.quoted(key.instructions()),
        key.tables(),
        Json.quoted(key.fixed()),
        tuning.threads(),
        tuning.lanes(),
        Json.quoted(tuning.prefetch().label()),
        tuning.bound(),
        Json.quoted(tuning.scratchpadPages().label()),
        tuning.hashesPerSecond());
  }

  /** In the order in which they were kept. */
  private Map<TuningKey, StoredTuning> read() {
    Map<TuningKey, StoredTuning> entries = new LinkedHashMap<>();
    if (!Files.exists(file)) {
      return entries;
    }
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new IllegalArgumentException("it is larger than any of ours");
      }
      readInto(entries, Json.parse(Files.readString(file, StandardCharsets.UTF_8)));
    } catch (IOException | IllegalArgumentException e) {
      entries.clear();
      LOG.log(
          System.Logger.Level.WARNING,
          "ignoring " + file + ", which holds no results of tuning: " + e.getMessage());
    }
    return entries;
  }

  private static void readInto(Map<TuningKey, StoredTuning> entries, Object content) {
    Fields file = Fields.of(content);
    if (file.number("form", FORM, FORM) != FORM) {
      throw new IllegalArgumentException("it has another form");
    }
    for (Object result : file.list("results")) {
      Fields fields = Fields.of(result);
      entries.put(key(fields), tuning(fields));
    }
  }

  private static TuningKey key(Fields fields) {
    return new TuningKey(
        fields.text("cpu"),
        fields.number("processors", 0, MAX_THREADS),
        fields.text("version"),
        fields.text("algorithm"),
        fields.text("mode"),
        fields.text("pages"),
        fields.text("instructions"),
        fields.number("tables", 1, MAX_THREADS),
        fields.text("fixed"));
  }

  private static StoredTuning tuning(Fields fields) {
    return new StoredTuning(
        fields.number("threads", 1, MAX_THREADS),
        fields.number("lanes", EngineSettings.AUTO_LANES, EngineSettings.MAX_LANES),
        fields.labelled("prefetch", PrefetchMode.values(), PrefetchMode::label),
        fields.value("bound", Boolean.class),
        fields.labelled("scratchpads", PagePolicy.values(), PagePolicy::label),
        fields.value("hashesPerSecond", Double.class));
  }

  /** The values of an object by their names. */
  private record Fields(Map<?, ?> values) {

    static Fields of(Object value) {
      if (value instanceof Map<?, ?> map) {
        return new Fields(map);
      }
      throw new IllegalArgumentException("no object: " + value);
    }

    <T> T value(String name, Class<T> type) {
      Object value = values.get(name);
      if (!type.isInstance(value)) {
        throw new IllegalArgumentException(name + "=" + value);
      }
      return type.cast(value);
    }

    String text(String name) {
      return value(name, String.class);
    }

    <T> T labelled(String name, T[] values, Function<T, String> label) {
      String text = text(name);
      return Arrays.stream(values)
          .filter(value -> label.apply(value).equals(text))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException(name + "=" + text));
    }

    List<?> list(String name) {
      return value(name, List.class);
    }

    int number(String name, int least, int most) {
      double value = value(name, Double.class);
      if (value != Math.rint(value) || value < least || value > most) {
        throw new IllegalArgumentException(name + "=" + value);
      }
      return (int) value;
    }
  }
}
