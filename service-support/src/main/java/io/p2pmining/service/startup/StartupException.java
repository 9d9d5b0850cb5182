package io.p2pmining.service.startup;

import org.jspecify.annotations.Nullable;

/**
 * The environment does not let the service start. Ends the process with the message alone; thrown
 * only while it starts.
 */
public final class StartupException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What to do about it, a clause that goes on from the problem. */
  private final String remedy;

  /**
   * @param problem what is wrong, without a full stop, for example {@code port 9740 is taken}
   * @param remedy what to do, without a full stop, for example {@code choose another port}
   */
  public StartupException(String problem, String remedy, @Nullable Throwable cause) {
    super(problem, cause);
    this.remedy = remedy;
  }

  /** What to do about it. */
  public String remedy() {
    return remedy;
  }
}
