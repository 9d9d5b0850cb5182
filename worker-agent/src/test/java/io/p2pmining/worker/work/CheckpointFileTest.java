package io.p2pmining.worker.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.p2pmining.common.node.NodeId;
import io.p2pmining.common.wire.v1.WorkunitResult;
import io.p2pmining.worker.MutableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointFileTest {

  private static final NodeId MASTER = NodeId.ofHex("0123456789abcdef0123456789abcdef");
  private static final Instant NOW = Instant.ofEpochMilli(1_234_567);

  @TempDir Path directory;
  private Path file;
  private CheckpointFile subject;
  private Checkpoint checkpoint;

  @BeforeEach
  void takesACheckpoint() {
    file = directory.resolve(CheckpointFile.NAME);
    subject = new CheckpointFile(directory);
    Results results = new Results(new MutableClock());
    LeasedUnit unit =
        new UnitTasks(Units.catalog()).leased(Units.unit(7, "sha256d", 100, 8).build(), 0);
    List<WorkunitResult> pending =
        List.of(
            results.share(unit, 5, new byte[32]),
            results.completed(unit, 100, Duration.ofSeconds(1)),
            results.failed(unit.ref(), unit.jobId(), 3, "a reason"));
    checkpoint =
        new Checkpoint(
            MASTER, NOW, List.of(new SavedUnit(unit.assigned(), 42, Set.of(50, -1))), pending);
  }

  @Test
  void readsWhatWasWritten() throws IOException {
    for (boolean durable : new boolean[] {true, false}) {
      subject.write(checkpoint, durable);
      assertThat(subject.read()).isEqualTo(checkpoint);
    }
    Checkpoint later = new Checkpoint(null, NOW, checkpoint.units(), List.of());
    subject.write(later, true);
    assertThat(subject.read()).isEqualTo(later);
    assertThat(directory).isDirectoryNotContaining(path -> !path.equals(file));
  }

  @Test
  void isNotThereWhenNothingIsInHand() throws IOException {
    assertThat(subject.read()).isEqualTo(Checkpoint.EMPTY);
    subject.write(checkpoint, true);
    subject.write(new Checkpoint(MASTER, NOW, List.of(), List.of()), true);
    assertThat(directory).isEmptyDirectory();
    assertThat(subject.read()).isEqualTo(Checkpoint.EMPTY);
  }

  @Test
  void setsAsideWhatIsNotWhole() throws IOException {
    byte[] whole = CheckpointFormat.write(checkpoint);
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThat(subject.read()).as("length=%d", length).isEqualTo(Checkpoint.EMPTY);
      assertThat(file).doesNotExist();
      assertThat(directory.resolve(CheckpointFile.SET_ASIDE)).hasSize(length);
    }
  }

  @Test
  void setsAsideWhatWasChanged() throws IOException {
    byte[] whole = CheckpointFormat.write(checkpoint);
    for (int at = 0; at < whole.length; at++) {
      byte[] changed = whole.clone();
      changed[at] ^= 0x10;
      Files.write(file, changed);
      assertThat(subject.read()).as("changed at %d", at).isEqualTo(Checkpoint.EMPTY);
    }
  }

  /** Such a file has a right checksum; its messages would break the connection. */
  @Test
  void refusesWhatBreaksTheProtocol() {
    WorkunitResult noUnit = checkpoint.results().getFirst().toBuilder().setUnitId(0).build();
    byte[] bytes = CheckpointFormat.write(new Checkpoint(MASTER, NOW, List.of(), List.of(noUnit)));
    assertThatThrownBy(() -> CheckpointFormat.read(bytes))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("makes no sense");
  }

  @Test
  void doesWithoutWhatCannotBeRead() throws IOException {
    Files.createDirectory(file);
    assertThat(subject.read()).isEqualTo(Checkpoint.EMPTY);
    assertThatThrownBy(() -> subject.write(checkpoint, true)).isInstanceOf(IOException.class);
  }
}
