package io.p2pmining.master.dashboard;

import io.p2pmining.master.peer.PeerRegistry;
import io.p2pmining.master.share.ShareCounts;
import io.p2pmining.master.store.PeerHistory;
import io.p2pmining.master.store.StoreUnavailableException;
import io.p2pmining.master.work.PeerId;
import io.swagger.v3.oas.annotations.Hidden;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** The page at {@code /}, and its pieces under {@code /dashboard}, which it fetches again. */
@Controller
@Hidden
final class DashboardController {

  private final PageContents contents;
  private final PeerRegistry registry;
  private final PeerHistory history;
  private final Membership membership;
  private final NowSection now;
  private final PeersSection peers;
  private final WorkSection work;
  private final FindingsSection findings;
  private final EventsSection events;
  private final Clock clock;

  DashboardController(
      PageContents contents,
      PeerRegistry registry,
      PeerHistory history,
      Membership membership,
      NowSection now,
      PeersSection peers,
      WorkSection work,
      FindingsSection findings,
      EventsSection events,
      Clock clock) {
    this.contents = contents;
    this.registry = registry;
    this.history = history;
    this.membership = membership;
    this.now = now;
    this.peers = peers;
    this.work = work;
    this.findings = findings;
    this.events = events;
    this.clock = clock;
  }

  @GetMapping("/")
  String page(
      @RequestParam(defaultValue = "") String q,
      @RequestParam(defaultValue = "PRESENT") PeerFilter show,
      @RequestParam(defaultValue = "RATE") PeerOrder sort,
      @RequestParam @Nullable Boolean desc,
      @RequestParam(defaultValue = "0") int page,
      Model model) {
    model.addAllAttributes(contents.of(query(q, show, sort, desc, page)));
    return "dashboard/page";
  }

  @GetMapping("/dashboard/now")
  String now(Model model) {
    model.addAttribute("now", now.view());
    return "dashboard/now :: now";
  }

  @GetMapping("/dashboard/peers")
  String peers(
      @RequestParam(defaultValue = "") String q,
      @RequestParam(defaultValue = "PRESENT") PeerFilter show,
      @RequestParam(defaultValue = "RATE") PeerOrder sort,
      @RequestParam @Nullable Boolean desc,
      @RequestParam(defaultValue = "0") int page,
      Model model) {
    model.addAttribute("peers", peers.view(query(q, show, sort, desc, page)));
    return "dashboard/peers :: peers";
  }

  @GetMapping("/dashboard/peers/{id}")
  String peer(@PathVariable String id, Model model) {
    Member member =
        peerId(id)
            .flatMap(membership::find)
            .orElseThrow(
                () ->
                    new ResponseStatusException(
                        HttpStatus.NOT_FOUND, "There is no peer with the id " + id));
    model.addAttribute(
        "peer",
        PeerDetails.of(member, counts(member), registry.hashesPerSecond(), clock.instant()));
    return "dashboard/peer :: peer";
  }

  @GetMapping("/dashboard/work")
  String work(Model model) {
    model.addAttribute("work", work.view());
    return "dashboard/work :: work";
  }

  @GetMapping("/dashboard/found")
  String found(Model model) {
    model.addAttribute("found", findings.view());
    return "dashboard/found :: found";
  }

  @GetMapping("/dashboard/events")
  String events(Model model) {
    model.addAttribute("events", events.view());
    return "dashboard/events :: events";
  }

  private static PeersQuery query(
      String text, PeerFilter show, PeerOrder sort, @Nullable Boolean descending, int page) {
    if (text.length() > PeersQuery.MAX_TEXT) {
      throw new ResponseStatusException(
          HttpStatus.BAD_REQUEST, "q must have at most " + PeersQuery.MAX_TEXT + " characters");
    }
    if (page < 0 || page > PeersQuery.MAX_PAGE) {
      throw new ResponseStatusException(
          HttpStatus.BAD_REQUEST, "page must be from 0 to " + PeersQuery.MAX_PAGE);
    }
    boolean down = descending == null ? sort.largestFirst() : descending;
    return new PeersQuery(text, show, sort, down, page);
  }

  private static Optional<PeerId> peerId(String text) {
    try {
      return Optional.of(new PeerId(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private @Nullable ShareCounts counts(Member member) {
    try {
      return history.counts(List.of(member.id())).getOrDefault(member.id(), ShareCounts.NONE);
    } catch (StoreUnavailableException e) {
      return null;
    }
  }
}
