package io.p2pmining.benchmarks.load;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Options that say which master is started. */
final class MasterOptions {

  /** Where the build puts it. */
  private static final String MASTER_JAR =
      "master-service/target/master-service-0.1.0-SNAPSHOT-exec.jar";

  @Option(
      names = "--jar",
      defaultValue = MASTER_JAR,
      description = "The jar of the master to start (${DEFAULT-VALUE}).")
  private Path jar = Path.of("");

  @Option(
      names = "--datasource",
      defaultValue = "",
      paramLabel = "URL",
      description =
          "The database of the master to start, with user and password in it; an H2 file in its"
              + " data directory by default.")
  private String datasource = "";

  @Option(
      names = "--heap",
      defaultValue = "512",
      paramLabel = "MIB",
      description = "The largest heap of the master to start (${DEFAULT-VALUE}).")
  private int heapMebibytes;

  @Option(
      names = "--java-option",
      paramLabel = "OPTION",
      description = "One more option for its Java, for example -XX:+UseSerialGC.")
  private List<String> javaOptions = List.of();

  Path jar() {
    return jar;
  }

  /** The URL of its database; empty for a file in its data directory. */
  String datasource() {
    return datasource;
  }

  /** The largest heap that it may have, and what else its Java is told. */
  List<String> javaOptions() {
    List<String> options = new ArrayList<>(List.of("-Xmx" + heapMebibytes + "m"));
    options.addAll(javaOptions);
    return options;
  }
}
