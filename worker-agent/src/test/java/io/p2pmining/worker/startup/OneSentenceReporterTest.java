package io.p2pmining.worker.startup;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.worker.node.DataDirectorySettings;
import io.p2pmining.worker.node.WorkerSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class OneSentenceReporterTest {

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner().withUserConfiguration(Settings.class);

  @EnableConfigurationProperties({WorkerSettings.class, DataDirectorySettings.class})
  static class Settings {}

  @Test
  void defaultsAreValid() {
    runner.run(context -> assertThat(context).hasSingleBean(WorkerSettings.class));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "threads=many | must be a whole number",
        "threads=0 | threads must be 1 to 1024",
        "mode=heavy | must be auto or light or full",
        "compiler=always | must be auto or required or off",
        "instructions=sse9 | must be auto or avx512 or avx2 or none or no_aes",
        "throttle=0 | throttle must be 1 to 100",
        "throttle=101 | throttle must be 1 to 100",
        "interleave=5 | interleave must be auto or 1 to 4",
        "pages=3m | pages must be auto or 1g or 2m or thp or 4k",
        "affinity=first | affinity must be auto, off or processors such as 0-3,8",
        "tune=always | must be auto or off",
        "tune-time=0s | tune-time must be 1s to 2m",
        "tune-time=121s | tune-time must be 1s to 2m",
        "numa=2 | must be auto or off",
        "msr=on | must be off or auto",
        "master=nowhere:port | must be HOST:PORT",
        "niceness=20 | niceness must be 0 to 19",
        "progress-interval=soon | must be a duration such as 20s",
        "progress-interval=1ms | progress-interval must be at least 100ms",
        "memory-reserve=lots | must be a size such as 64MB",
        "outbox-capacity=1 | outbox-capacity must be 16 to 2048",
        "http.port=70000 | http.port must be 0 to 65535",
        "treads=4 | there is no such setting: p2pmine.worker.treads",
      })
  void namesTheSettingThatIsNotValidAndWhatItMayBe(String setting, String expected) {
    runner
        .withPropertyValues("p2pmine.worker." + setting)
        .run(
            context -> {
              Throwable failure = context.getStartupFailure();
              assertThat(failure).isNotNull();
              String sentence = sentence(failure);
              assertThat(sentence)
                  .contains(expected)
                  .contains("p2pmine.worker")
                  .endsWith("; correct it and start again.")
                  .doesNotContain("\n", "Exception");
            });
  }

  private static String sentence(Throwable failure) {
    Throwable cause = failure;
    while (!(cause instanceof BindException)) {
      cause = cause.getCause();
      assertThat(cause).as("a BindException in %s", failure).isNotNull();
    }
    FailureAnalysis analysis =
        new InvalidSettingFailureAnalyzer().analyze(failure, (BindException) cause);
    return OneSentenceReporter.sentence(analysis);
  }
}
