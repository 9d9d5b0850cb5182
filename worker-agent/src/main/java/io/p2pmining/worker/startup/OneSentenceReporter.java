package io.p2pmining.worker.startup;

import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalysisReporter;

/**
 * Prints why the worker cannot start as one line on standard error, where whoever started it reads
 * it, whatever the state of the logs.
 */
final class OneSentenceReporter implements FailureAnalysisReporter {

  @Override
  public void report(FailureAnalysis analysis) {
    System.err.println("The worker cannot start: " + sentence(analysis));
  }

  static String sentence(FailureAnalysis analysis) {
    String problem = onOneLine(analysis.getDescription());
    String action = analysis.getAction();
    return action == null || action.isBlank()
        ? problem + "."
        : problem + "; " + onOneLine(action) + ".";
  }

  private static String onOneLine(String text) {
    return text.strip().replaceAll("\\.$", "").replaceAll("\\s+", " ");
  }
}
