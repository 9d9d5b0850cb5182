package io.p2pmining.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.benchmarks.opponent.ScriptedOpponent;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CompareCommandTest {

  private static final String READY = "ready+cacheInitSeconds=1+datasetInitSeconds=2+pages=thp";
  private static final String[] SAME = {"hash=aa", "hash=bb", "hash=cc"};
  private static final Path DEBIAN_LIBRARY = Path.of("/usr/lib/x86_64-linux-gnu/librandomx.so.0");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void comparesTwoProgramsAndReportsThemAsJson() {
    String fast = opponent(run(10), run(30), run(20), run(60));
    String slow = opponent(run(10), run(20), run(10), run(30));
    assertThat(execute("--ours", fast, "--opponent", slow, "--pairs", "3", "--json"))
        .as("errors: %s", err)
        .isZero();
    JsonNode report = JsonMapper.shared().readTree(out.toString());
    assertThat(report.at("/terms/algorithm").asString()).isEqualTo("rx/0");
    JsonNode finding = report.at("/parts/0/findings/0");
    assertThat(finding.at("/measured/ratio/median").asDouble()).isEqualTo(2);
    assertThat(finding.at("/measured/interval/low").asDouble()).isEqualTo(1.5);
    assertThat(finding.at("/measured/pairs/2/ours").asDouble()).isEqualTo(60);
    assertThat(report.at("/parts/0/mode").asString()).isEqualTo("FULL");
    assertThat(err.toString()).contains("full, pair 1 of 3: ours 30.000, theirs 20.000");
  }

  @Test
  void measuresEachModeWithContendersOfItsOwn() {
    String init = "cacheInitSeconds=1+datasetInitSeconds=4";
    String both = opponent(init);
    assertThat(
            execute(
                "--ours", both, "--opponent", both, "--pairs", "1", "--metrics", "dataset,cache"))
        .as("errors: %s", err)
        .isZero();
    assertThat(out.toString())
        .contains("--mode,full", "--mode,light", "dataset, seconds", "cache, seconds");
  }

  @Test
  void refusesAnOpponentWithOtherHashes() {
    String other = ScriptedOpponent.command(READY, "hash=aa", "hash=b0");
    String ours = opponent();
    assertThat(execute("--ours", ours, "--opponent", other)).isEqualTo(1);
    assertThat(err.toString()).contains("disagree on the hash of nonce=1");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void wantsExactlyOneOpponent() {
    assertThat(execute()).isEqualTo(2);
    assertThat(err.toString()).contains("--opponent", "--reference");
    assertThat(execute("--opponent", "miner", "--reference")).isEqualTo(2);
  }

  @Test
  void saysWhatToInstallWhenTheLibraryIsMissing() {
    assertThat(execute("--ours", opponent(), "--reference", "libnosuchthing.so", "--pages", "4k"))
        .isEqualTo(1);
    assertThat(err.toString()).contains("libnosuchthing.so", "apt-get install librandomx-dev");
  }

  @Test
  void saysWhatTheLibraryCannotDo() {
    String ours = opponent();
    assertThat(execute("--ours", ours, "--reference", "--pages", "1g")).isEqualTo(1);
    assertThat(err.toString()).contains("no pages of 1 GiB");
    assertThat(execute("--ours", ours, "--reference", "--algorithm", "rx/2")).isEqualTo(1);
    assertThat(err.toString()).contains("not rx/2");
  }

  @Test
  void comparesTheEngineWithTheReferenceLibrary() {
    Assumptions.assumeTrue(Files.exists(DEBIAN_LIBRARY), "librandomx-dev is not installed");
    assertThat(
            execute(
                "--reference=" + DEBIAN_LIBRARY,
                "--metrics",
                "light,cache",
                "--pages",
                "4k",
                "--any-pages",
                "--pairs",
                "2",
                "--seconds",
                "0.1"))
        .as("errors: %s", err)
        .isZero();
    assertThat(out.toString())
        .contains("theirs  librandomx, light mode", "light, hashes a second", "cache, seconds");
  }

  @Test
  void explainsTheProtocol() {
    assertThat(execute("--help")).isZero();
    assertThat(out.toString()).contains("hash HEX  hash=HEX");
  }

  private static String run(int rate) {
    return "hashes=100+seconds=1+hashesPerSecond=" + rate;
  }

  private static String opponent(String... answers) {
    String[] lines = new String[1 + SAME.length + answers.length];
    lines[0] = READY + "+terms=%ARGS%";
    System.arraycopy(SAME, 0, lines, 1, SAME.length);
    System.arraycopy(answers, 0, lines, 1 + SAME.length, answers.length);
    return ScriptedOpponent.command(lines);
  }

  private int execute(String... arguments) {
    return new CommandLine(new CompareCommand())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }
}
