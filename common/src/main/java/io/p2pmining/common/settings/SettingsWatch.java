package io.p2pmining.common.settings;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reloads the settings when a file changes. A file that is gone changes nothing by itself: it may
 * be on its way back. Started and closed once, by the threads that start and end the service.
 */
public final class SettingsWatch implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(SettingsWatch.class);

  private final List<Path> files;
  private final SettingsReload reload;
  private volatile @Nullable FileWatch watch;

  /**
   * A watch that does not watch yet.
   *
   * @param files which need not exist
   */
  public SettingsWatch(List<Path> files, SettingsReload reload) {
    this.files = List.copyOf(files);
    this.reload = reload;
  }

  /** Begins to watch. What was written since the process began may not have been read. */
  public void start() {
    Instant begin = ProcessHandle.current().info().startInstant().orElse(Instant.MIN);
    watch = FileWatch.start(files, begin, new Reloader());
  }

  private final class Reloader implements FileWatch.Listener {

    @Override
    public void changed() {
      try {
        reload.reload();
      } catch (InvalidSettingsException e) {
        log.debug("The settings files make no sense now", e);
      }
    }

    @Override
    public void gone(Path file) {
      log.warn(
          "The settings file {} is gone; its settings stay in force until it is back or the"
              + " service starts anew",
          file);
    }
  }

  /** Ends the watch and its thread; what is being reloaded is done by then. */
  @Override
  public void close() {
    FileWatch running = watch;
    if (running != null) {
      running.close();
    }
  }
}
