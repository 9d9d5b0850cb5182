package io.p2pmining.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher is a bash script")
class JavaChoiceTest {

  @TempDir Path directory;
  private FakeInstallation installation;

  @BeforeEach
  void install() throws IOException {
    installation = new FakeInstallation(directory.resolve("home of it")).asRelease();
  }

  @Test
  void prefersItsOwnVariable() throws Exception {
    LauncherRun.Result result =
        launch("bench", "--json")
            .with("P2PMINE_JAVA_HOME", installation.java("own", "25.0.1"))
            .with("JAVA_HOME", installation.java("usual", "26"))
            .run();

    assertThat(result.out()).isEqualTo("own: bench --json\n");
    assertThat(result.err()).isEmpty();
  }

  @Test
  void refusesItsOwnVariableWhenThatIsTooOld() throws Exception {
    Path old = installation.java("old", "24.0.2");
    LauncherRun.Result result =
        launch("bench")
            .with("P2PMINE_JAVA_HOME", old)
            .with("JAVA_HOME", installation.java("usual", "25"))
            .run();

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .isEqualTo("p2pmine: P2PMINE_JAVA_HOME=" + old + " is not a JDK 25 or newer\n");
  }

  @Test
  void takesJavaHome() throws Exception {
    LauncherRun.Result result =
        launch("bench").with("JAVA_HOME", installation.java("usual", "25")).run();

    assertThat(result.out()).isEqualTo("usual: bench\n");
  }

  @Test
  void asksJavaWhereNoReleaseFileTellsTheVersion() throws Exception {
    LauncherRun.Result result =
        launch("bench").with("JAVA_HOME", installation.javaWithoutRelease("bare", "25-ea")).run();

    assertThat(result.out()).isEqualTo("bare: bench\n");
  }

  @Test
  void passesOverAnOldJavaHomeForTheOneOnThePath() throws Exception {
    Path java = installation.java("real", "27.0.1").resolve("bin/java");
    Path link = Files.createDirectories(directory.resolve("links")).resolve("java");
    Files.createSymbolicLink(link, java);

    LauncherRun.Result result =
        launch("bench")
            .with("JAVA_HOME", installation.java("old", "1.8.0_402"))
            .with("PATH", link.getParent() + ":/usr/bin:/bin")
            .run();

    assertThat(result.out()).isEqualTo("real: bench\n");
  }

  @Test
  void findsOneInTheUsualFolders() throws Exception {
    Files.createDirectories(directory.resolve(".sdkman/candidates/java"));
    Files.createSymbolicLink(
        directory.resolve(".sdkman/candidates/java/25-tem"), installation.java("sdk", "25"));
    LauncherRun.Result result =
        sourced("usual_java_homes | grep sdkman").with("JAVA_HOME", "/nowhere").run();

    assertThat(result.out()).isEqualTo(directory + "/.sdkman/candidates/java/25-tem\n");
  }

  @Test
  void takesTheFirstSuitableOneOfTheUsualFolders() throws Exception {
    Path old = installation.java("old", "21");
    Path runtime = installation.java("runtime", "25");
    Files.delete(runtime.resolve("bin/javac"));
    Path full = installation.java("full", "25");
    String folders =
        "usual_java_homes() { printf '%%s\\n' '%s' '%s' '%s'; }; java_home_on_path() { :; }; "
            .formatted(old, runtime, full);

    assertThat(sourced(folders + "find_java any; echo \"$java_home\"").run().out())
        .isEqualTo(runtime + "\n");
    assertThat(sourced(folders + "find_java jdk; echo \"$java_home\"").run().out())
        .isEqualTo(full + "\n");
  }

  @Test
  void saysHowToGetOneWhenThereIsNone() throws Exception {
    LauncherRun.Result result =
        sourced("usual_java_homes() { :; }; java_home_on_path() { :; }; find_java any").run();

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err())
        .startsWith("p2pmine: no JDK 25 or newer found")
        .contains("https://adoptium.net")
        .contains("P2PMINE_JAVA_HOME");
  }

  private LauncherRun launch(String... arguments) {
    String[] words = new String[arguments.length + 1];
    words[0] = installation.launcher().toString();
    System.arraycopy(arguments, 0, words, 1, arguments.length);
    return new LauncherRun(directory, words);
  }

  /** Runs functions of the launcher without its main part. */
  private LauncherRun sourced(String script) {
    return new LauncherRun(
        directory, "bash", "-c", ". '" + installation.launcher() + "'; " + script);
  }
}
