package io.p2pmining.cli.up;

import io.p2pmining.cli.service.ServiceSettings;
import java.nio.file.Path;

/**
 * Makes a service write its own log, bounded, and print nothing but warnings and errors, one line
 * each, for {@link ChildOutput} to read.
 */
final class ChildLog {

  private static final String LARGEST_FILE = "10MB";
  private static final String OLD_FILES = "3";
  private static final String LARGEST_SUM = "40MB";

  private ChildLog() {}

  static void configure(ServiceSettings settings, Path log) {
    settings
        .set("logging.file.name", log)
        .set("logging.logback.rollingpolicy.max-file-size", LARGEST_FILE)
        .set("logging.logback.rollingpolicy.max-history", OLD_FILES)
        .set("logging.logback.rollingpolicy.total-size-cap", LARGEST_SUM)
        .set("logging.threshold.console", "WARN")
        .set("logging.pattern.console", "%p %m%n%nopex")
        // Whatever format the file has.
        .set("logging.structured.format.console", "");
  }
}
