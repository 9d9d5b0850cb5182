package io.p2pmining.system;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Prometheus' programs of this machine, and the project's files for it. */
final class PrometheusTools {

  /** Makes tests fail that would be skipped for want of Prometheus. */
  private static final String REQUIRED = "P2PMINE_REQUIRE_PROMETHEUS";

  /** The project's rules and configuration. */
  static final Path FILES =
      Path.of(System.getProperty("p2pmine.root", ".."), "prometheus").toAbsolutePath().normalize();

  private PrometheusTools() {}

  /** A program of the Debian package prometheus; without it the test is skipped, or fails. */
  static String program(String name) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst()
        .orElseGet(() -> missing(name));
  }

  private static String missing(String name) {
    String message = name + " is not installed: apt install prometheus";
    if (Boolean.parseBoolean(System.getenv(REQUIRED))) {
      throw new IllegalStateException(message);
    }
    return abort(message);
  }
}
