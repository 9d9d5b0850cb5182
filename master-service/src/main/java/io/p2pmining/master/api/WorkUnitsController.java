package io.p2pmining.master.api;

import io.p2pmining.master.store.History;
import io.p2pmining.master.work.UnitFilter;
import io.p2pmining.master.work.UnitState;
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

  private final History history;

  WorkUnitsController(History history) {
    this.history = history;
  }

  @Operation(operationId = "listWorkUnits", summary = "Work units, newest first")
  @GetMapping
  Page<WorkUnitView> list(
      @RequestParam @Nullable UnitState state,
      @RequestParam @Nullable String job,
      @RequestParam @Nullable String peer,
      PageQuery page) {
    var filter = new UnitFilter(state, job, PeerIds.filter(peer));
    return page.of(history.units(filter, page.window()), WorkUnitView::of);
  }

  @Operation(operationId = "getWorkUnit", summary = "One work unit")
  @GetMapping("/{id}")
  WorkUnitDetails get(@PathVariable String id) {
    try {
      long number = Long.parseUnsignedLong(id);
      return history
          .unit(number)
          .map(unit -> WorkUnitDetails.of(unit, history.leases(number)))
          .orElseThrow(() -> new UnknownIdException("work unit", id));
    } catch (NumberFormatException e) {
      throw new UnknownIdException("work unit", id);
    }
  }
}
