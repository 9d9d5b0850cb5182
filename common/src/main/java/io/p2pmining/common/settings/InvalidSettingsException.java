package io.p2pmining.common.settings;

import org.jspecify.annotations.Nullable;

/** Settings that were read anew make no sense; those that are in force stay. */
public final class InvalidSettingsException extends Exception {

  private static final long serialVersionUID = 1L;

  /**
   * Settings that are refused.
   *
   * @param problem which of them, where it stands and what is wrong with it; without a full stop
   *     and without secrets
   */
  public InvalidSettingsException(String problem, @Nullable Throwable cause) {
    super(problem, cause);
  }

  /** What is wrong. */
  public String problem() {
    return String.valueOf(getMessage());
  }
}
