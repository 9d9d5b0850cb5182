package io.p2pmining.cli.cluster;

import io.p2pmining.cli.options.MasterUrl;
import io.p2pmining.cli.service.DataOption;
import io.p2pmining.cli.service.MasterOptions;
import io.p2pmining.cli.service.MasterRuntime;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say which master is asked. */
public final class MasterOption {

  private static final String USUAL = "http://127.0.0.1:" + MasterOptions.DEFAULT_HTTP_PORT;

  @Option(
      names = "--master",
      paramLabel = "URL",
      converter = MasterUrl.class,
      description =
          "The master's REST API (default: that of the master of the data directory, else "
              + USUAL
              + ").")
  private @Nullable URI given;

  @Mixin private DataOption data = new DataOption();

  /**
   * A master and how it was chosen.
   *
   * @param url the root of its REST API
   * @param hint what to do if it is not there, as the end of a sentence
   * @param expected whether there is reason to think that it runs
   */
  public record Choice(URI url, String hint, boolean expected) {

    /** The master that says of itself that it runs on a data directory. */
    public static Choice of(MasterRuntime running, Path directory) {
      return new Choice(
          URI.create(running.apiUrl()),
          "process %d should be it, the master of %s: look at its log"
              .formatted(running.pid(), directory),
          true);
    }
  }

  /** The master to ask. */
  Choice choose() {
    return choose(given, data.directory());
  }

  /**
   * The master to ask.
   *
   * @param given the root of its API; null for that of a data directory
   */
  public static Choice choose(@Nullable URI given, Path directory) {
    if (given != null) {
      return new Choice(given, "start it, or correct --master URL", true);
    }
    Optional<MasterRuntime> runtime = MasterRuntime.read(directory).filter(MasterRuntime::isAlive);
    return runtime
        .map(running -> Choice.of(running, directory))
        .orElseGet(
            () ->
                new Choice(
                    URI.create(USUAL),
                    ("no master runs on %s: start one with ./p2pmine up, or say where it is with"
                            + " --master URL")
                        .formatted(directory),
                    false));
  }
}
