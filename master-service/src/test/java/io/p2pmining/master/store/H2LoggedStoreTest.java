package io.p2pmining.master.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class H2LoggedStoreTest extends StoreContract {

  /** So small that every few groups end a file. */
  private static final LoggedStore.Bounds SMALL =
      new LoggedStore.Bounds(10_000, 1 << 20, Duration.ofSeconds(10));

  @TempDir private Path directory;

  @Override
  DatabaseSettings create() {
    return new DatabaseSettings(
        "jdbc:h2:file:" + directory.resolve("test") + ";DB_CLOSE_ON_EXIT=FALSE", "", "");
  }

  @Override
  OpenStore open(SqlStore store, Claim claim) {
    return LoggedStore.open(
        store, claim.master(), log(), LogDisk.FILES, SMALL, new Lag(System::nanoTime));
  }

  private Path log() {
    return directory.resolve("log");
  }

  @AfterEach
  void hasLeftNothingInTheLog() {
    assertThat(log().toFile().list()).isNullOrEmpty();
  }
}
