package io.p2pmining.common;

import io.netty.util.LeakPresenceDetector;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails a test that leaves a buffer unreleased. */
public final class LeakCheck implements AfterEachCallback {

  @Override
  public void afterEach(ExtensionContext context) {
    LeakPresenceDetector.check();
  }
}
