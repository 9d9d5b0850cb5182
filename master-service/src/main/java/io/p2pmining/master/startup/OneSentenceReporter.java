package io.p2pmining.master.startup;

import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalysisReporter;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Prints why the master cannot start as one line on standard error, where whoever started it reads
 * it, whatever the state of the logs.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class OneSentenceReporter implements FailureAnalysisReporter {

  @Override
  public void report(FailureAnalysis analysis) {
    System.err.println("The master cannot start: " + sentence(analysis));
    silenceTheNextReporter();
  }

  static String sentence(FailureAnalysis analysis) {
    String problem = onOneLine(analysis.getDescription());
    return analysis.getAction() == null || analysis.getAction().isBlank()
        ? problem + "."
        : problem + "; " + onOneLine(analysis.getAction()) + ".";
  }

  /** Spring Boot's reporter comes after this one and would say the same on eleven lines. */
  private static void silenceTheNextReporter() {
    LoggingSystem.get(OneSentenceReporter.class.getClassLoader())
        .setLogLevel(
            "org.springframework.boot.diagnostics.LoggingFailureAnalysisReporter", LogLevel.OFF);
  }

  private static String onOneLine(String text) {
    return text.strip().replaceAll("\\.$", "").replaceAll("\\s+", " ");
  }
}
