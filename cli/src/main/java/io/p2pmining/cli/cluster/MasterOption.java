package io.p2pmining.cli.cluster;

import io.p2pmining.cli.options.MasterUrl;
import io.p2pmining.cli.service.DataOption;
import io.p2pmining.cli.service.MasterRuntime;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say which master is asked. */
public final class MasterOption {

  private static final URI USUAL = URI.create("http://127.0.0.1:8080");

  @Option(
      names = "--master",
      paramLabel = "URL",
      converter = MasterUrl.class,
      description =
          "The master's REST API (default: that of the master of the data directory, else"
              + " http://127.0.0.1:8080).")
  private @Nullable URI given;

  @Mixin private DataOption data = new DataOption();

  /**
   * A master and how it was chosen.
   *
   * @param url the root of its REST API
   * @param hint what to do if it is not there, as the end of a sentence
   * @param expected whether there is reason to think that it runs
   */
  public record Choice(URI url, String hint, boolean expected) {}

  /** Where files are kept. */
  public DataOption data() {
    return data;
  }

  /** The master to ask. */
  public Choice choose() {
    if (given != null) {
      return new Choice(given, "start it, or correct --master URL", true);
    }
    Optional<MasterRuntime> runtime = MasterRuntime.read(data.directory());
    if (runtime.isPresent() && runtime.get().isAlive()) {
      return new Choice(
          URI.create(runtime.get().apiUrl()),
          "it should, as process %d, for %s: look at its log"
              .formatted(runtime.get().pid(), data.directory()),
          true);
    }
    return new Choice(
        USUAL,
        "no master runs on %s: start one with ./p2pmine up, or say where it is with --master URL"
            .formatted(data.directory()),
        false);
  }
}
