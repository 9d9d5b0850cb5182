package io.p2pmining.master.whole;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The Chromium of this machine, without a window. Owned by the thread that starts it. */
final class Chromium implements AutoCloseable {

  private static final String REQUIRED = "P2PMINE_REQUIRE_CHROMIUM";
  private static final List<String> NAMES = List.of("chromium", "chromium-browser");

  private final Playwright playwright;
  private final Browser browser;

  private Chromium(Path program) {
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(program)
                    .setArgs(
                        List.of(
                            "--no-sandbox",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync",
                            "--no-first-run")));
  }

  /** Starts it; where there is none, the test is skipped, or fails if it must not be. */
  static Chromium start() {
    Optional<Path> program = find();
    if (program.isEmpty()) {
      String sentence = "there is no chromium on the path";
      if (Boolean.parseBoolean(System.getenv(REQUIRED))) {
        fail(sentence + ", but " + REQUIRED + " is set");
      }
      assumeTrue(false, sentence);
    }
    return new Chromium(program.orElseThrow());
  }

  private static Optional<Path> find() {
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.of(path.split(":"))
        .flatMap(directory -> NAMES.stream().map(name -> Path.of(directory, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  Browser browser() {
    return browser;
  }

  @Override
  public void close() {
    playwright.close();
  }
}
