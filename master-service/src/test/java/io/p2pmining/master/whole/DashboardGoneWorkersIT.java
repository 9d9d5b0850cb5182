package io.p2pmining.master.whole;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.master.MasterApplication;
import io.p2pmining.master.peer.PeerActivity;
import io.p2pmining.master.peer.PeerCapabilities;
import io.p2pmining.master.peer.PeerIdentity;
import io.p2pmining.master.peer.PeerRegistry;
import io.p2pmining.master.peer.PeerState;
import io.p2pmining.master.work.PeerId;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The dashboard of a cluster most of whose workers are gone, on a phone. */
@SpringBootTest(
    classes = MasterApplication.class,
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {"p2pmine.master.p2p-port=0", "p2pmine.master.benchmark=off"})
@Import(DashboardGoneWorkersIT.Time.class)
@DirtiesContext
class DashboardGoneWorkersIT {

  private static final int GONE = 40;
  private static final int THERE = 2;
  private static final int PHONE = 390;
  private static final int HEIGHT = 844;

  private static Chromium chromium;

  @Autowired private PeerRegistry registry;
  @Autowired private Time time;
  @LocalServerPort private int httpPort;

  /** The time of the machine, which the test sets forward. */
  @TestConfiguration(proxyBeanMethods = false)
  static class Time {

    private volatile Duration ahead = Duration.ZERO;

    @Bean
    @Primary
    Clock adjustableClock() {
      return new Clock() {
        @Override
        public ZoneOffset getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
          return this;
        }

        @Override
        public Instant instant() {
          return Instant.now().plus(ahead);
        }
      };
    }
  }

  @DynamicPropertySource
  static void dataDirectory(DynamicPropertyRegistry properties) {
    Path data = Path.of("target", "test-data", UUID.randomUUID().toString()).toAbsolutePath();
    properties.add("p2pmine.data-dir", data::toString);
  }

  @BeforeAll
  static void startBrowser() {
    chromium = Chromium.start();
  }

  @AfterAll
  static void stopBrowser() {
    if (chromium != null) {
      chromium.close();
    }
  }

  @BeforeEach
  void fill() {
    for (int i = 0; i < GONE; i++) {
      PeerId id = join("gone-" + i, i);
      registry.disconnected(id, false);
    }
    time.ahead = Duration.ofHours(1);
    for (int i = GONE; i < GONE + THERE; i++) {
      join("there-" + i, i);
    }
  }

  private PeerId join(String name, int number) {
    PeerId id = new PeerId("%032x".formatted(0xABC000 + number));
    registry.connected(
        new PeerIdentity(id, name, "test/1", "10.0.0.1:" + number, 0),
        new PeerCapabilities(
            1, 1, 1, 1, "", "amd64", "Linux", true, true, false, 0, 0, 0, 0, List.of()));
    registry.reported(
        id, new PeerActivity(PeerState.MINING, "rx/0", HashingMode.LIGHT, 10, 1, 1L << 20));
    return id;
  }

  @Test
  void countsThemAndShowsThemWhenAsked() {
    try (DashboardPage dashboard =
        new DashboardPage(chromium.browser(), httpPort, PHONE, HEIGHT, ColorScheme.LIGHT)) {
      Page page = dashboard.open().page();
      assertThat(page.locator("#peers tbody tr")).hasCount(THERE);
      assertThat(page.locator("#peers")).containsText("40 workers that are gone are not shown.");
      int few = height(page);
      dashboard.screenshot("narrow-gone-left-out");
      dashboard.assertAccessible();

      page.locator("#peers-gone").press("Enter");
      assertThat(page.locator("#peers tbody tr")).hasCount(GONE + THERE);
      assertThat(page.locator("#peers-gone")).hasCount(0);
      assertThat(page.locator("#peers-show")).hasValue("ALL");
      assertThat(page.locator("#peers-show")).isFocused();
      assertThat(height(page)).as("pixels").isGreaterThan(few);
      dashboard.screenshot("narrow-gone");
      dashboard.assertAccessible();
      dashboard.assertFitsItsWidth();

      page.locator("#peers-show").selectOption("PRESENT");
      assertThat(page.locator("#peers tbody tr")).hasCount(THERE);
      page.locator("#peers-text").fill("gone-7");
      assertThat(page.locator("#peers")).containsText("1 worker that is gone is not shown.");
      dashboard.assertQuiet();
    }
  }

  private static int height(Page page) {
    return (int) page.evaluate("() => document.getElementById('workers').offsetHeight");
  }
}
