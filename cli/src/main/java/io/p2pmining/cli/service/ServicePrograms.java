package io.p2pmining.cli.service;

import io.p2pmining.cli.CommandFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes the command lines that start the services. Immutable. */
public final class ServicePrograms {

  /** The system property by which the launcher says where the jars are. */
  private static final String JARS = "p2pmine.jars";

  private final Path java;
  private final Path jars;

  ServicePrograms(Path java, Path jars) {
    this.java = java;
    this.jars = jars;
  }

  /**
   * The programs that belong to this one, under the same Java.
   *
   * @throws CommandFailure if the launcher did not say where they are
   */
  public static ServicePrograms ofThisInstallation() {
    String jars = System.getProperty(JARS);
    if (jars == null) {
      throw new CommandFailure("cannot find the services; start them with the p2pmine launcher");
    }
    return new ServicePrograms(
        Path.of(System.getProperty("java.home"), "bin", "java"), Path.of(jars));
  }

  /**
   * The words that start a service.
   *
   * @param properties Java system properties, which the service sees before it reads any setting
   * @throws CommandFailure if its jar is missing
   */
  public List<String> commandLine(
      Service service, Map<String, String> properties, ServiceSettings settings) {
    Path jar = jars.resolve(service.jarName());
    if (!Files.isReadable(jar)) {
      throw new CommandFailure(jar + " is missing; build it with ./mvnw package");
    }
    List<String> words = new ArrayList<>();
    words.add(java.toString());
    words.addAll(service.jvmFlags());
    properties.forEach((name, value) -> words.add("-D" + name + "=" + value));
    words.add("-jar");
    words.add(jar.toString());
    words.addAll(settings.asArguments());
    return words;
  }
}
