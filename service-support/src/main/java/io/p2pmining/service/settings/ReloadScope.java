package io.p2pmining.service.settings;

import java.nio.file.Path;
import java.util.Set;

/**
 * What of the settings files is a service's.
 *
 * @param dataDirectory where one of the files is
 * @param foreign prefixes of settings that other programs read from the same files
 */
public record ReloadScope(Path dataDirectory, Set<String> foreign) {

  public ReloadScope {
    foreign = Set.copyOf(foreign);
  }
}
