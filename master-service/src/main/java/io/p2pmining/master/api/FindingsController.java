package io.p2pmining.master.api;

import io.p2pmining.master.job.BlockOutcome;
import io.p2pmining.master.share.ShareLedger;
import io.p2pmining.master.work.PeerId;
import io.swagger.v3.oas.annotations.Operation;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What was found: {@code /shares} and {@code /blocks}, newest first. */
@RestController
final class FindingsController {

  private final ShareLedger ledger;

  FindingsController(ShareLedger ledger) {
    this.ledger = ledger;
  }

  @Operation(operationId = "listShares", summary = "Accepted shares, newest first")
  @GetMapping("/shares")
  Page<ShareView> shares(
      @RequestParam @Nullable String job, @RequestParam @Nullable String peer, PageQuery page) {
    PeerId wanted = PeerIds.filter(peer);
    var matching =
        ledger.shares(job).stream()
            .filter(share -> wanted == null || share.peer().equals(wanted))
            .toList();
    return page.of(matching, ShareView::of);
  }

  @Operation(operationId = "listBlocks", summary = "Blocks and what became of them, newest first")
  @GetMapping("/blocks")
  Page<BlockView> blocks(@RequestParam BlockOutcome.@Nullable State outcome, PageQuery page) {
    var matching =
        ledger.blocks().stream()
            .filter(block -> outcome == null || block.outcome() == outcome)
            .toList();
    return page.of(matching, BlockView::of);
  }
}
