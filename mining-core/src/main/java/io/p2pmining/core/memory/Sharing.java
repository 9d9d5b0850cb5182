package io.p2pmining.core.memory;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether and with whom this process shares large tables that depend on a key alone. Immutable.
 *
 * @param policy what to do where sharing fails
 * @param directory where the processes that share find each other, on a file system of this
 *     machine; null if this process shares with nobody
 * @param threads how many threads one of them may compute a table on while all of them wait for it;
 *     0 for as many as it has anyway
 */
public record Sharing(SharingPolicy policy, @Nullable Path directory, int threads) {

  /** Nothing is shared. */
  public static final Sharing OFF = new Sharing(SharingPolicy.OFF, null, 0);

  public Sharing {
    if (policy == SharingPolicy.REQUIRED && directory == null) {
      throw new IllegalArgumentException("sharing is required, but no directory is given");
    }
    if (threads < 0) {
      throw new IllegalArgumentException("threads=" + threads + ", must be 0 or more");
    }
  }

  /** Sharing through a directory, where it can be had. */
  public static Sharing through(Path directory) {
    return new Sharing(SharingPolicy.AUTO, directory, 0);
  }

  /** Where processes meet; empty if nothing is to be shared. */
  public Optional<Path> meetingPlace() {
    return policy == SharingPolicy.OFF ? Optional.empty() : Optional.ofNullable(directory);
  }

  /** Whether anything is to be shared. */
  public boolean isOn() {
    return meetingPlace().isPresent();
  }
}
