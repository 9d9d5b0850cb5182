package io.p2pmining.cli.service;

import io.p2pmining.cli.CommandFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Hands a command line back to the launcher, which replaces itself by that program: Java cannot do
 * so itself, and a JVM that only waits for another one would cost memory and swallow signals.
 */
final class ExecPlan {

  /** The system property by which the launcher says which file it will read. */
  private static final String FILE = "p2pmine.exec-plan";

  private static final String END_OF_WORD = "\0";

  private ExecPlan() {}

  /**
   * Leaves the words for the launcher.
   *
   * @throws CommandFailure if no launcher waits for them
   */
  static void leave(List<String> words) {
    String file = System.getProperty(FILE);
    if (file == null) {
      throw new CommandFailure("a service is started with the p2pmine launcher only");
    }
    try {
      Files.writeString(
          Path.of(file), String.join(END_OF_WORD, words) + END_OF_WORD, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new CommandFailure("cannot write " + file + ": " + e);
    }
  }
}
