package io.p2pmining.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules for Prometheus, by its own tool. */
class PrometheusRulesTest {

  @Test
  void theConfigurationAndItsRulesAreValid() throws Exception {
    run("check", "config", PrometheusTools.FILES.resolve("prometheus.yml").toString());
  }

  @Test
  void alertsFireWhenTheyShouldAndOnlyThen() throws Exception {
    List<String> words = new ArrayList<>(List.of("test", "rules"));
    try (Stream<Path> tests = Files.list(PrometheusTools.FILES.resolve("tests"))) {
      tests.map(Path::toString).sorted().forEach(words::add);
    }
    assertThat(words).hasSizeGreaterThan(2);
    run(words.toArray(String[]::new));
  }

  @Test
  void everyAlertIsTested() throws Exception {
    TreeSet<String> alerts = names("rules/alerts.yml", "- alert: (\\w+)");
    assertThat(alerts).isNotEmpty();
    assertThat(names("tests/alerts.test.yml", "alertname: (\\w+)\\n +exp_alerts:"))
        .as("alerts that a test sees firing")
        .isEqualTo(alerts);
  }

  private static TreeSet<String> names(String file, String pattern) throws Exception {
    Matcher found =
        Pattern.compile(pattern).matcher(Files.readString(PrometheusTools.FILES.resolve(file)));
    TreeSet<String> names = new TreeSet<>();
    while (found.find()) {
      names.add(found.group(1));
    }
    return names;
  }

  private static void run(String... arguments) throws Exception {
    List<String> words = new ArrayList<>(List.of(PrometheusTools.program("promtool")));
    words.addAll(List.of(arguments));
    Process promtool = new ProcessBuilder(words).redirectErrorStream(true).start();
    String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(promtool.waitFor()).as("%s:\n%s", words, said).isZero();
  }
}
