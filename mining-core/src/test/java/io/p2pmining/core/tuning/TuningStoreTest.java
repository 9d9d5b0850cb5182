package io.p2pmining.core.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.p2pmining.core.cpu.MiningPlan;
import io.p2pmining.core.memory.PagePolicy;
import io.p2pmining.core.miner.MiningShape;
import io.p2pmining.core.pow.PrefetchMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TuningStoreTest {

  private static final TuningKey KEY =
      new TuningKey(
          "A \"fast\" CPU\\ü\n", 8, "1.2.3", "rx/0", "full", "2m", "avx512", 1, "threads=4");
  private static final StoredTuning TUNING =
      new StoredTuning(4, 3, PrefetchMode.WALK_FIRST, true, PagePolicy.TRANSPARENT_HUGE, 1234.5);

  @TempDir private Path directory;
  private Path file = Path.of("");
  private TuningStore store = new TuningStore(Path.of(""));

  @BeforeEach
  void makesAStore() {
    file = directory.resolve(TuningStore.NAME);
    store = new TuningStore(file);
  }

  @Test
  void knowsNothingAtFirst() {
    assertThat(store.find(KEY)).isEmpty();
    assertThat(file).doesNotExist();
  }

  @Test
  void findsWhatWasKeptAlsoAfterARestart() throws Exception {
    store.keep(KEY, TUNING);
    assertThat(new TuningStore(file).find(KEY)).contains(TUNING);
    assertThat(directory).as("nothing half written").isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void keepsOneResultForEachKeyThatDiffersInAnything() throws Exception {
    List<TuningKey> keys =
        List.of(
            KEY,
            new TuningKey("b", 8, "1.2.3", "rx/0", "full", "2m", "avx512", 1, "threads=4"),
            new TuningKey(KEY.cpu(), 9, "1.2.3", "rx/0", "full", "2m", "avx512", 1, "threads=4"),
            new TuningKey(KEY.cpu(), 8, "1.2.4", "rx/0", "full", "2m", "avx512", 1, "threads=4"),
            new TuningKey(KEY.cpu(), 8, "1.2.3", "rx/2", "full", "2m", "avx512", 1, "threads=4"),
            new TuningKey(KEY.cpu(), 8, "1.2.3", "rx/0", "light", "2m", "avx512", 1, "threads=4"),
            new TuningKey(KEY.cpu(), 8, "1.2.3", "rx/0", "full", "4k", "avx512", 1, "threads=4"),
            new TuningKey(KEY.cpu(), 8, "1.2.3", "rx/0", "full", "2m", "avx2", 1, "threads=4"),
            new TuningKey(KEY.cpu(), 8, "1.2.3", "rx/0", "full", "2m", "avx512", 2, "threads=4"),
            new TuningKey(KEY.cpu(), 8, "1.2.3", "rx/0", "full", "2m", "avx512", 1, ""));
    for (int i = 0; i < keys.size(); i++) {
      store.keep(
          keys.get(i), new StoredTuning(i + 1, 2, PrefetchMode.AUTO, false, PagePolicy.AUTO, i));
    }
    for (int i = 0; i < keys.size(); i++) {
      assertThat(store.find(keys.get(i)).orElseThrow().threads()).isEqualTo(i + 1);
    }
    store.keep(KEY, TUNING);
    assertThat(store.find(KEY)).contains(TUNING);
    assertThat(store.find(keys.get(1)).orElseThrow().threads()).isEqualTo(2);
  }

  @Test
  void forgetsTheOldestOfTooMany() throws Exception {
    for (int i = 0; i < 66; i++) {
      store.keep(numbered(i), TUNING);
    }
    assertThat(store.find(numbered(0))).isEmpty();
    assertThat(store.find(numbered(1))).isEmpty();
    assertThat(store.find(numbered(2))).isPresent();
    assertThat(store.find(numbered(65))).isPresent();
  }

  private static TuningKey numbered(int number) {
    return new TuningKey("cpu", 8, "v" + number, "rx/0", "full", "2m", "avx512", 1, "");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{\"form\": 3, \"results\": []}",
        "{\"form\": 2, \"results\": [1]}",
        "{\"form\": 2, \"results\": [{}]}",
        "{\"form\": 2, \"results\": []} x",
        "{\"form\": 2, \"results\": [[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]}",
      })
  void ignoresAFileThatIsBrokenAndReplacesIt(String broken) throws Exception {
    Files.writeString(file, broken);
    assertThat(store.find(KEY)).isEmpty();
    store.keep(KEY, TUNING);
    assertThat(store.find(KEY)).contains(TUNING);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"threads\": 4=\"threads\": 0",
        "\"threads\": 4=\"threads\": 1.5",
        "\"threads\": 4=\"threads\": 100000",
        "\"threads\": 4=\"threads\": \"4\"",
        "\"lanes\": 3=\"lanes\": 5",
        "\"prefetch\": \"walk-first\"=\"prefetch\": \"sometimes\"",
        "\"bound\": true=\"bound\": 1",
        "\"scratchpads\": \"thp\"=\"scratchpads\": \"3m\"",
        "\"version\": \"1.2.3\"=\"version\": 123",
      })
  void ignoresAFileWithValuesThatMakeNoSense(String change) throws Exception {
    store.keep(KEY, TUNING);
    String[] parts = change.split("=", 2);
    String text = Files.readString(file);
    assertThat(text).contains(parts[0]);
    Files.writeString(file, text.replace(parts[0], parts[1]));
    assertThat(store.find(KEY)).isEmpty();
  }

  @Test
  void ignoresAFileThatIsFarTooLarge() throws Exception {
    store.keep(KEY, TUNING);
    Files.writeString(file, Files.readString(file) + " ".repeat(300_000));
    assertThat(store.find(KEY)).isEmpty();
  }

  @Test
  void saysWhenItCannotWrite() {
    TuningStore nowhere = new TuningStore(directory.resolve("missing").resolve("tuning.json"));
    assertThat(nowhere.find(KEY)).isEmpty();
    assertThatThrownBy(() -> nowhere.keep(KEY, TUNING)).isInstanceOf(IOException.class);
  }

  @Test
  void bindsAsManyThreadsAsWereBound() {
    MiningPlan plan =
        new MiningPlan(
            IntStream.of(3, 2, 1, 0).mapToObj(c -> new MiningPlan.Place(c, 0)).toList(), 2);
    MiningShape usual = new MiningShape(2, 0, PrefetchMode.AUTO, PagePolicy.AUTO, List.of(7, 8));
    assertThat(
            new StoredTuning(3, 1, PrefetchMode.AUTO, true, PagePolicy.AUTO, 1).shape(usual, plan))
        .isEqualTo(new MiningShape(3, 1, PrefetchMode.AUTO, PagePolicy.AUTO, List.of(3, 2, 1)));
    assertThat(
            new StoredTuning(2, 1, PrefetchMode.AUTO, true, PagePolicy.AUTO, 1)
                .shape(usual, plan)
                .cpus())
        .as("as the owner listed them")
        .containsExactly(7, 8);
    assertThat(
            new StoredTuning(2, 1, PrefetchMode.AUTO, false, PagePolicy.AUTO, 1)
                .shape(usual, plan)
                .cpus())
        .isEmpty();
    assertThat(
            new StoredTuning(9, 1, PrefetchMode.AUTO, true, PagePolicy.AUTO, 1)
                .shape(usual, plan)
                .cpus())
        .as("there are not that many")
        .isEmpty();
  }
}
