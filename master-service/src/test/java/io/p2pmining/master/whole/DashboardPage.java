package io.p2pmining.master.whole;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The dashboard in a browser that writes down what it complains of and whom it asks. */
final class DashboardPage implements AutoCloseable {

  private static final Path SCREENSHOTS = Path.of("target", "screenshots");
  private static final double LIMIT_MS = 30_000;
  private static final long SECOND_MS = 1000;

  /** What makes a page unusable for somebody. */
  private static final List<String> SERIOUS = List.of("serious", "critical");

  private final BrowserContext context;
  private final Page page;
  private final List<String> complaints = new ArrayList<>();
  private final List<String> foreign = new ArrayList<>();

  DashboardPage(Browser browser, int httpPort, int width, int height, ColorScheme scheme) {
    context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setBaseURL("http://127.0.0.1:" + httpPort)
                .setViewportSize(width, height)
                .setReducedMotion(ReducedMotion.REDUCE)
                .setLocale("en-GB")
                .setColorScheme(scheme));
    context.setDefaultTimeout(LIMIT_MS);
    page = context.newPage();
    page.onConsoleMessage(
        message -> {
          if (List.of("error", "warning").contains(message.type())) {
            complaints.add(message.text());
          }
        });
    page.onPageError(complaints::add);
    page.onRequest(
        request -> {
          URI asked = URI.create(request.url());
          if (!"127.0.0.1".equals(asked.getHost()) || asked.getPort() != httpPort) {
            foreign.add(request.url());
          }
        });
  }

  Page page() {
    return page;
  }

  /** Opens it and waits until it is told of changes. */
  DashboardPage open() {
    page.navigate("/");
    awaitState("live");
    return this;
  }

  void awaitState(String state) {
    page.waitForSelector("#live[data-state=" + state + "]");
  }

  /** The row of a worker. */
  Locator row(String name) {
    return page.locator("#peers tbody tr:has([data-name='" + name + "'])");
  }

  /** From now on time goes on only when it is told to: nothing is tried again of itself. */
  void stopTime() {
    long now = ((Number) page.evaluate("() => Date.now()")).longValue();
    page.clock().pauseAt(now + (long) LIMIT_MS);
  }

  /** Lets seconds go by until it is in a state, however long it wants to wait before it tries. */
  void passTimeUntil(String state) {
    page.waitForCondition(
        () -> {
          page.clock().runFor(SECOND_MS);
          return state.equals(page.locator("#live").getAttribute("data-state"));
        });
  }

  void screenshot(String name) {
    page.screenshot(
        new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")).setFullPage(true));
  }

  /** Nothing that keeps anybody from reading or using what is shown now. */
  void assertAccessible() {
    page.evaluate(axe());
    Object violations =
        page.evaluate(
            "async () => (await axe.run({resultTypes: ['violations']})).violations"
                + ".map(v => ({impact: v.impact,"
                + " what: v.id + ': ' + v.help + ' ' + v.nodes.map(n => n.html).join(' ; ')}))");
    List<String> serious = new ArrayList<>();
    for (Object violation : (List<?>) violations) {
      Map<?, ?> finding = (Map<?, ?>) violation;
      if (SERIOUS.contains(String.valueOf(finding.get("impact")))) {
        serious.add(String.valueOf(finding.get("what")));
      }
    }
    assertThat(serious).as("serious findings of axe").isEmpty();
  }

  private static String axe() {
    try (InputStream script = DashboardPage.class.getResourceAsStream("/axe.min.js")) {
      assertThat(script).as("axe.min.js on the class path").isNotNull();
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The page never has to be scrolled sideways. */
  void assertFitsItsWidth() {
    Object wider =
        page.evaluate(
            "() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
    assertThat(((Number) wider).intValue()).as("pixels beyond the right edge").isZero();
  }

  /** Nothing in the console, and no request to anybody but the master. */
  void assertQuiet() {
    assertThat(complaints).as("in the console").isEmpty();
    assertThat(foreign).as("requests to others").isEmpty();
  }

  @Override
  public void close() {
    context.close();
  }
}
