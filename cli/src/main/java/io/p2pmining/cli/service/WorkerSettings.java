package io.p2pmining.cli.service;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The settings that every worker is started with. */
public final class WorkerSettings {

  private WorkerSettings() {}

  /**
   * The settings of one worker.
   *
   * @param directory where it keeps its files
   * @param master HOST:PORT of its master
   * @param threads how many hashing threads; null for its default
   * @param name what the master calls it; null for its default
   */
  public static ServiceSettings of(
      Path directory, String master, @Nullable Integer threads, @Nullable String name) {
    return new ServiceSettings()
        .set("p2pmine.data-dir", directory)
        .set("p2pmine.worker.master", master)
        .set("p2pmine.worker.threads", threads)
        .set("p2pmine.worker.name", name);
  }
}
