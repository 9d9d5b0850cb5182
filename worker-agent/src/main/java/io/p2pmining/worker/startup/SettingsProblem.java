package io.p2pmining.worker.startup;

import java.util.Optional;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** What is wrong with settings, in the words in which a start would fail. */
public final class SettingsProblem {

  private SettingsProblem() {}

  /** The sentence, without a full stop and a remedy; empty if the failure is of another kind. */
  public static Optional<String> of(Throwable failure) {
    if (failure instanceof StartupException startup) {
      return Optional.of(String.valueOf(startup.getMessage()));
    }
    return Optional.ofNullable(new InvalidSettingFailureAnalyzer().analyze(failure))
        .map(FailureAnalysis::getDescription);
  }
}
