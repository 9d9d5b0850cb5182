package io.p2pmining.master.whole;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.p2pmining.common.wire.v1.WorkunitAck;
import io.p2pmining.master.peer.PeerStandings;
import io.p2pmining.master.peer.ServiceState;
import io.p2pmining.master.session.PeerEndpoint;
import io.p2pmining.master.session.ScriptedWorker;
import io.p2pmining.master.work.PeerId;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The dashboard as somebody sees and uses it, in a real browser. */
class DashboardIT extends MasterTestBase {

  private static final int WIDE = 1440;

  /** Nothing is out of sight, where it would not be refreshed. */
  private static final int TALL = 4000;

  private static final int HEIGHT = 900;
  private static final double LIMIT_MS = 30_000;

  private static Chromium chromium;

  @Autowired private PeerEndpoint endpoint;
  @Autowired private PeerStandings standings;
  @LocalServerPort private int httpPort;

  @BeforeAll
  static void startBrowser() {
    PlaywrightAssertions.setDefaultAssertionTimeout(LIMIT_MS);
    chromium = Chromium.start();
  }

  @AfterAll
  static void stopBrowser() {
    if (chromium != null) {
      chromium.close();
    }
  }

  @Test
  void showsAWorkerThatJoinsFindsAShareAndLeaves() throws Exception {
    try (DashboardPage dashboard = wide().open()) {
      Page page = dashboard.page();
      page.evaluate("() => { window.sameDocument = true; }");
      assertThat(dashboard.row("joiner")).hasCount(0);

      try (SearchingWorker worker = worker(13, "joiner", 2.5)) {
        assertThat(dashboard.row("joiner")).containsText("Mining");
        assertThat(dashboard.row("joiner")).containsText("2.50 H/s");
        assertThat(dashboard.row("joiner")).containsText("125 %");
        assertThat(page.locator("#state")).hasText("Mining");

        assertThat(worker.findShare().getVerdict())
            .isIn(WorkunitAck.Verdict.VERDICT_ACCEPTED, WorkunitAck.Verdict.VERDICT_BLOCK);
        assertThat(page.locator("#found table[aria-label='Last shares'] tbody tr").first())
            .containsText("joiner");
        assertThat(dashboard.row("joiner").locator("[data-label=Accepted]")).hasText("1");

        assertThat(worker.lie().getVerdict()).isEqualTo(WorkunitAck.Verdict.VERDICT_REJECTED);
        assertThat(page.locator(".problems")).containsText("1 share of joiner rejected");
        assertThat(page.locator("#events")).containsText("A share of joiner was rejected");
      }

      assertThat(dashboard.row("joiner")).containsText("Gone");
      assertThat(page.locator(".problems")).containsText("joiner is gone");
      assertThat(page.locator("#announcer")).containsText("joiner is gone");
      assertThat(page.evaluate("() => window.sameDocument")).as("never reloaded").isEqualTo(true);
      dashboard.assertQuiet();
    }
  }

  @Test
  void drainsResumesAndQuarantinesByKeyboardAfterConfirmation() throws Exception {
    PeerId id = new PeerId(ScriptedWorker.id(14).toString());
    try (SearchingWorker worker = worker(14, "operated", 2);
        DashboardPage dashboard = wide().open()) {
      Page page = dashboard.page();

      choose(dashboard, "operated", "Drain");
      page.locator("form:visible [name=reason]").fill("new memory");
      assertThat(standings.of(id).state()).as("not yet").isEqualTo(ServiceState.IN_SERVICE);
      page.keyboard().press("Enter");
      assertThat(dashboard.row("operated")).containsText("Drained");
      assertThat(standings.of(id).reason()).isEqualTo("new memory");
      assertThat(page.locator("#announcer")).containsText("operated is drained.");
      assertThat(dashboard.row("operated").locator("button")).isFocused();

      choose(dashboard, "operated", "Resume");
      page.keyboard().press("Enter");
      assertThat(dashboard.row("operated")).not().containsText("Drained");
      assertThat(standings.of(id).state()).isEqualTo(ServiceState.IN_SERVICE);

      choose(dashboard, "operated", "Quarantine");
      dashboard.screenshot("dialog");
      dashboard.assertAccessible();
      page.getByLabel("For how long").selectOption("3600");
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Quarantine operated"))
          .press("Enter");
      assertThat(dashboard.row("operated")).containsText("Quarantined");
      assertThat(standings.of(id).until()).isNotNull();
      assertThat(page.locator(".problems")).containsText("operated is quarantined until");
      standings.resume(id);
      dashboard.assertQuiet();
    }
  }

  @Test
  void cancelsAndSaysWhatTheMasterRefuses() throws Exception {
    PeerId id = new PeerId(ScriptedWorker.id(15).toString());
    try (SearchingWorker worker = worker(15, "refused", 2);
        DashboardPage dashboard = wide().open()) {
      Page page = dashboard.page();
      choose(dashboard, "refused", "Drain");
      page.locator("form:visible [data-back]").click();
      page.keyboard().press("Escape");
      assertThat(page.locator("#peer-dialog")).isHidden();
      assertThat(standings.of(id).state()).isEqualTo(ServiceState.IN_SERVICE);

      choose(dashboard, "refused", "Drain");
      standings.drain(id, "by somebody else");
      page.keyboard().press("Enter");
      assertThat(page.locator(".failure")).hasText("The peer is drained already");
      standings.resume(id);
    }
  }

  @Test
  void opensAWorkerWhoseRowIsNew() throws Exception {
    try (SearchingWorker worker = worker(12, "pressed", 2);
        DashboardPage dashboard = wide().open()) {
      Page page = dashboard.page();
      assertThat(dashboard.row("pressed")).containsText("Mining");
      page.evaluate(
          "() => document.body.addEventListener('htmx:afterSwap', (event) => {"
              + " if (event.detail.elt.id === 'peers-box') queueMicrotask(() =>"
              + " document.querySelector('[data-name=pressed]').click()); })");
      page.locator("#peers-text").fill("pressed");
      assertThat(page.getByText("Drain…")).isVisible();
      dashboard.assertQuiet();
    }
  }

  @Test
  void sortsAndFiltersWithoutALoad() throws Exception {
    try (SearchingWorker slow = worker(1, "tortoise", 1);
        SearchingWorker fast = worker(2, "hare", 9);
        DashboardPage dashboard = wide().open()) {
      Page page = dashboard.page();
      Locator connected = page.locator("#peers tbody tr.good .name span");
      page.locator("#peers-show").selectOption("MINING");
      assertThat(connected).hasText(new String[] {"hare", "tortoise"});

      page.locator("#sort-RATE").press("Enter");
      assertThat(connected).hasText(new String[] {"tortoise", "hare"});
      assertThat(page.locator("#sort-RATE")).isFocused();
      assertThat(page.locator("th[aria-sort=ascending]")).hasText("Hash rate");

      page.locator("#peers-text").fill("TORT");
      assertThat(connected).hasText(new String[] {"tortoise"});
      page.locator("#peers-text").fill("nobody");
      assertThat(page.locator("#peers")).containsText("No worker is like that.");

      page.getByText("Show all").click();
      assertThat(dashboard.row("hare")).isVisible();
      assertThat(page.locator("#peers-text")).hasValue("");
      dashboard.assertQuiet();
    }
  }

  @Test
  void saysThatItIsDisconnectedAndRecovers() {
    try (DashboardPage dashboard = wide()) {
      Page page = dashboard.page();
      page.clock().install();
      page.route("**/dashboard/live", Route::abort);
      page.route("**/dashboard/now", Route::abort);
      page.navigate("/");
      dashboard.awaitState("disconnected");
      assertThat(page.locator("#live-text")).containsText("Disconnected. What you see is from");
      assertThat(page).hasTitle("Disconnected · P2P Mining Cluster");
      dashboard.screenshot("disconnected");
      dashboard.assertAccessible();

      // Else it may have tried by itself before somebody finds the button.
      dashboard.stopTime();
      page.unroute("**/dashboard/now");
      page.locator("#live-retry").click();
      dashboard.awaitState("delayed");
      assertThat(page.locator("#live-retry")).isHidden();

      page.unroute("**/dashboard/live");
      dashboard.passTimeUntil("live");
      assertThat(page.locator("#live-text")).hasText("Live");
    }
  }

  @Test
  void showsWhatHappensWhileAnAnswerIsUnderWay() throws Exception {
    try (SearchingWorker worker = worker(11, "finder", 2);
        DashboardPage dashboard = wide().open()) {
      Page page = dashboard.page();
      Deque<Route> held = new ArrayDeque<>();
      page.route("**/dashboard/found", held::add);
      worker.findShare();
      page.waitForCondition(() -> !held.isEmpty());
      APIResponse older = held.element().fetch();

      worker.findShare();
      assertThat(dashboard.row("finder").locator("[data-label=Accepted]")).hasText("2");
      page.unroute("**/dashboard/found");
      held.remove().fulfill(new Route.FulfillOptions().setResponse(older));

      assertThat(page.locator("#found table[aria-label='Last shares'] tbody tr:has-text('finder')"))
          .hasCount(2);
    }
  }

  @Test
  void saysWhichPieceCouldNotBeRefreshed() {
    try (DashboardPage dashboard = wide()) {
      Page page = dashboard.page();
      page.route(
          "**/dashboard/work", route -> route.fulfill(new Route.FulfillOptions().setStatus(503)));
      dashboard.open();
      Locator notice = page.locator("[data-piece=work] > .stale");
      assertThat(notice).containsText("could not be refreshed");

      page.unroute("**/dashboard/work");
      assertThat(notice).hasCount(0, new LocatorAssertions.HasCountOptions().setTimeout(LIMIT_MS));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "3, kitchen, wide-light, 1440, LIGHT",
    "5, cellar, wide-dark, 1440, DARK",
    "7, study, narrow-light, 390, LIGHT",
    "9, garage, narrow-dark, 390, DARK"
  })
  void canBeReadByEverybody(int firstId, String room, String name, int width, ColorScheme scheme)
      throws Exception {
    try (SearchingWorker one = worker(firstId, room, 2.2);
        SearchingWorker two =
            worker(firstId + 1, "a-machine-with-an-uncommonly-long-name-in-the-" + room, 1.1);
        DashboardPage dashboard =
            new DashboardPage(chromium.browser(), httpPort, width, HEIGHT, scheme)) {
      two.findBlock();
      dashboard.open();
      // What is out of sight is not refreshed.
      dashboard.page().locator("#workers-heading").scrollIntoViewIfNeeded();
      assertThat(dashboard.row(room)).containsText("Mining");
      assertThat(dashboard.page().locator("#chart canvas")).isVisible();
      dashboard.screenshot(name);

      dashboard.assertAccessible();
      dashboard.assertFitsItsWidth();
      dashboard.assertQuiet();
    }
  }

  private DashboardPage wide() {
    return new DashboardPage(chromium.browser(), httpPort, WIDE, TALL, ColorScheme.LIGHT);
  }

  private SearchingWorker worker(int id, String name, double rate) throws Exception {
    return new SearchingWorker(endpoint.address(), id, name, rate);
  }

  /** Opens the dialog of the worker and asks for an action that is then to be confirmed. */
  private static void choose(DashboardPage dashboard, String worker, String action) {
    dashboard.row(worker).locator("button").press("Enter");
    dashboard.page().getByText(action + "…").press("Enter");
  }
}
