package io.p2pmining.common.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that files change, however they do: written in place, replaced by another of the same
 * name, behind a symbolic link, on a network drive. It looks at them now and then, and speaks up
 * when a file that differs from before has stayed the same from one look to the next: whoever
 * writes is done by then. A thread of its own, which ends on {@link #close}, tells the listener.
 */
public final class FileWatch implements AutoCloseable {

  /** How long a change waits for the next one. */
  static final Duration INTERVAL = Duration.ofMillis(500);

  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);
  private static final Logger log = LoggerFactory.getLogger(FileWatch.class);

  private final List<Watched> files;
  private final Listener listener;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;

  /** Hears of changes, on the watch's thread. */
  public interface Listener {

    /** Files have other contents, as far as can be seen from outside, or are there again. */
    void changed();

    /** A file is gone, or cannot be seen. */
    void gone(Path file);
  }

  /**
   * A watch that does not look yet.
   *
   * @param files which need not exist
   * @param readAt when they were read: what was written later is a change
   */
  FileWatch(List<Path> files, Instant readAt, Listener listener) {
    this.files = files.stream().map(file -> new Watched(file, readAt)).toList();
    this.listener = listener;
    this.thread = Thread.ofPlatform().daemon().name("settings-watch").unstarted(this::run);
  }

  /** Begins to watch; see the constructor. */
  public static FileWatch start(List<Path> files, Instant readAt, Listener listener) {
    FileWatch watch = new FileWatch(files, readAt, listener);
    watch.thread.start();
    return watch;
  }

  private void run() {
    try {
      while (!closed.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
        look();
      }
    } catch (InterruptedException e) {
      // Nobody but close() ends this thread, and that does not interrupt; the process is ending.
    }
  }

  /** Looks once. */
  void look() {
    boolean anyChanged = false;
    for (Watched file : files) {
      if (file.hasChanged()) {
        if (file.isThere()) {
          anyChanged = true;
        } else {
          tell(() -> listener.gone(file.path));
        }
      }
    }
    if (anyChanged) {
      tell(listener::changed);
    }
  }

  /** A fault of a listener must not end the watch. */
  private static void tell(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException e) {
      log.error("A change of a settings file could not be followed", e);
    }
  }

  /** Whether the thread is there. */
  boolean isRunning() {
    return thread.isAlive();
  }

  /** Ends the thread, after what the listener is at. */
  @Override
  public void close() {
    closed.countDown();
    try {
      thread.join(CLOSE_LIMIT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * What can be seen of a file from outside.
   *
   * @param key tells one file from another of the same name, where the system does
   */
  private record Look(FileTime modified, long size, @Nullable Object key) {

    /** Null if there is nothing to see. */
    static @Nullable Look at(Path file) {
      try {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return new Look(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
      } catch (IOException e) {
        return null;
      }
    }
  }

  /** One file; owned by the watch's thread. */
  private static final class Watched {

    private final Path path;
    private @Nullable Look told;
    private @Nullable Look last;

    /** A file that was written after it was read counts as not told. */
    private boolean unread;

    Watched(Path path, Instant readAt) {
      this.path = path;
      this.told = Look.at(path);
      this.last = told;
      this.unread = told != null && told.modified().toInstant().isAfter(readAt);
    }

    /** Whether it is otherwise than was told, and settled. */
    boolean hasChanged() {
      Look now = Look.at(path);
      boolean settled = Objects.equals(now, last);
      last = now;
      if (!settled || (!unread && Objects.equals(now, told))) {
        return false;
      }
      told = now;
      unread = false;
      return true;
    }

    boolean isThere() {
      return told != null;
    }
  }
}
