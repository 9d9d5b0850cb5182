package io.p2pmining.master.store;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class H2StoreTest extends StoreContract {

  @TempDir private Path directory;

  @Override
  DatabaseSettings create() {
    return new DatabaseSettings(
        "jdbc:h2:file:" + directory.resolve("test") + ";DB_CLOSE_ON_EXIT=FALSE", "", "");
  }
}
