package io.p2pmining.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The version of the jar, and of the Java that runs it. */
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    String version = P2pmine.class.getPackage().getImplementationVersion();
    return new String[] {
      "p2pmine " + Objects.requireNonNullElse(version, "(not packaged)"),
      "Java " + Runtime.version() + " on " + System.getProperty("os.arch")
    };
  }
}
