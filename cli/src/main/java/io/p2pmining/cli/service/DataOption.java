package io.p2pmining.cli.service;

import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option that says where files are kept. */
public final class DataOption {

  private static final String SETTINGS = "p2pmine.yml";

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where files are kept and p2pmine.yml is read (default: ~/.p2pmine).")
  private Path directory = Path.of(System.getProperty("user.home"), ".p2pmine");

  /** The directory, absolute. */
  public Path directory() {
    return directory.toAbsolutePath().normalize();
  }

  /** The file with further settings. */
  public Path settingsFile() {
    return directory().resolve(SETTINGS);
  }

  /** Whether there are settings that the command line does not show. */
  public boolean hasSettingsFile() {
    return Files.exists(settingsFile());
  }
}
