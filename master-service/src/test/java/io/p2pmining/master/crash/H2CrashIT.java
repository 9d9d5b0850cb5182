package io.p2pmining.master.crash;

import io.p2pmining.master.store.DatabaseSettings;
import org.jspecify.annotations.Nullable;

class H2CrashIT extends CrashContract {

  @Override
  @Nullable DatabaseSettings database() {
    return null;
  }
}
