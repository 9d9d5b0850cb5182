package io.p2pmining.worker.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.p2pmining.common.wire.v1.WorkunitResult;
import io.p2pmining.worker.MutableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CheckpointKeeperTest {

  @TempDir Path directory;

  private final Results results = new Results(new MutableClock());
  private final AtomicReference<Checkpoint> inHand = new AtomicReference<>(Checkpoint.EMPTY);

  @Test
  void writesResultsAsSoonAsThereAreSome() {
    CheckpointFile file = new CheckpointFile(directory);
    try (CheckpointKeeper keeper = new CheckpointKeeper(file, new MutableClock())) {
      assertThat(keeper.load()).isEqualTo(Checkpoint.EMPTY);
      keeper.keep(inHand::get);
      for (int count = 1; count <= 3; count++) {
        inHand.set(withResults(count));
        keeper.resultChanged();
        await().until(() -> file.read().equals(inHand.get()));
      }
    }
  }

  @Test
  void writesNothingThatIsThereAlready() throws IOException {
    CheckpointFile file = new CheckpointFile(directory);
    Checkpoint before = withResults(1);
    file.write(before, true);
    Path path = directory.resolve(CheckpointFile.NAME);
    Object written = Files.getAttribute(path, "unix:ino");
    try (CheckpointKeeper keeper = new CheckpointKeeper(file, new MutableClock())) {
      assertThat(keeper.load()).isEqualTo(before);
      inHand.set(new Checkpoint(null, Instant.MAX, List.of(), before.results()));
      keeper.keep(inHand::get);
      keeper.resultChanged();
    }
    assertThat(Files.getAttribute(path, "unix:ino")).isEqualTo(written);
    assertThat(file.read().takenAt()).isEqualTo(before.takenAt());
  }

  @Test
  void writesForTheLastTimeWhenItIsClosed() {
    CheckpointFile file = new CheckpointFile(directory);
    CheckpointKeeper keeper = new CheckpointKeeper(file, new MutableClock());
    keeper.keep(inHand::get);
    inHand.set(withResults(2));
    keeper.close();
    assertThat(file.read()).isEqualTo(inHand.get());
  }

  @Test
  void goesOnWhenTheDiskTakesItAgain() throws IOException {
    Path path = directory.resolve(CheckpointFile.NAME);
    Path inTheWay = Files.createDirectories(path.resolve("in the way"));
    CheckpointFile file = new CheckpointFile(directory);
    try (CheckpointKeeper keeper = new CheckpointKeeper(file, new MutableClock())) {
      keeper.keep(inHand::get);
      inHand.set(withResults(1));
      keeper.resultChanged();
      await().until(() -> Files.exists(directory.resolve(CheckpointFile.NAME + ".tmp")));

      Files.delete(inTheWay);
      Files.delete(path);
      keeper.resultChanged();

      await().until(() -> file.read().equals(inHand.get()));
    }
  }

  private Checkpoint withResults(int count) {
    LeasedUnit unit =
        new UnitTasks(Units.catalog()).leased(Units.unit(7, "sha256d", 100, 8).build(), 0);
    List<WorkunitResult> pending = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      pending.add(results.share(unit, i, new byte[32]));
    }
    return new Checkpoint(null, Instant.ofEpochMilli(5), List.of(), pending);
  }
}
