package io.p2pmining.master.api;

import io.p2pmining.master.work.UnitState;
import io.p2pmining.master.work.WorkQueue;
import io.swagger.v3.oas.annotations.Operation;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /workunits}, newest first. */
@RestController
@RequestMapping("/workunits")
final class WorkUnitsController {

  private final WorkQueue queue;

  WorkUnitsController(WorkQueue queue) {
    this.queue = queue;
  }

  @Operation(operationId = "listWorkUnits", summary = "Work units, newest first")
  @GetMapping
  Page<WorkUnitView> list(
      @RequestParam @Nullable UnitState state,
      @RequestParam @Nullable String job,
      @RequestParam @Nullable String peer,
      PageQuery page) {
    var filter = new WorkQueue.Filter(state, job, PeerIds.filter(peer));
    var items = queue.list(filter, page.offset(), page.size());
    return new Page<>(
        items.stream().map(WorkUnitView::of).toList(),
        page.page(),
        page.size(),
        queue.count(filter));
  }

  @Operation(operationId = "getWorkUnit", summary = "One work unit")
  @GetMapping("/{id}")
  WorkUnitView get(@PathVariable String id) {
    try {
      return queue
          .find(Long.parseUnsignedLong(id))
          .map(WorkUnitView::of)
          .orElseThrow(() -> new UnknownIdException("work unit", id));
    } catch (NumberFormatException e) {
      throw new UnknownIdException("work unit", id);
    }
  }
}
