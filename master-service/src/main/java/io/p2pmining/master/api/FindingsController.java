package io.p2pmining.master.api;

import io.p2pmining.master.job.BlockOutcome;
import io.p2pmining.master.store.History;
import io.swagger.v3.oas.annotations.Operation;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What was found: {@code /shares} and {@code /blocks}, newest first. */
@RestController
final class FindingsController {

  private final History history;

  FindingsController(History history) {
    this.history = history;
  }

  @Operation(operationId = "listShares", summary = "Accepted shares, newest first")
  @GetMapping("/shares")
  Page<ShareView> shares(
      @RequestParam @Nullable String job, @RequestParam @Nullable String peer, PageQuery page) {
    return page.of(history.shares(job, PeerIds.filter(peer), page.window()), ShareView::of);
  }

  @Operation(operationId = "listBlocks", summary = "Blocks and what became of them, newest first")
  @GetMapping("/blocks")
  Page<BlockView> blocks(@RequestParam BlockOutcome.@Nullable State outcome, PageQuery page) {
    return page.of(history.blocks(outcome, page.window()), BlockView::of);
  }
}
