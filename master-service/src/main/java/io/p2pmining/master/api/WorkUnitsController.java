package io.p2pmining.master.api;

import static io.p2pmining.common.log.LogThrottle.notShown;

import io.p2pmining.common.log.LogThrottle;
import io.p2pmining.common.trace.TraceContext;
import io.p2pmining.common.work.NonceRange;
import io.p2pmining.core.pow.PowAlgorithms;
import io.p2pmining.master.posting.Outcome;
import io.p2pmining.master.posting.Postings;
import io.p2pmining.master.store.History;
import io.p2pmining.master.work.UnitFilter;
import io.p2pmining.master.work.UnitState;
import io.p2pmining.master.work.WorkQueue;
import io.p2pmining.master.work.WorkUnit;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code /workunits}, newest first; explicit ranges are added and called off here. */
@RestController
@RequestMapping("/workunits")
final class WorkUnitsController {

  private static final Logger LOG = LoggerFactory.getLogger("io.p2pmining.master.Work");
  private static final int LINES_PER_WINDOW = 10;
  private static final Duration LOG_WINDOW = Duration.ofSeconds(10);

  private static final String JOB_ID = "jobId";

  private final History history;
  private final Postings postings;
  private final WorkQueue queue;
  private final PowAlgorithms algorithms;
  private final RepeatableRequests requests;
  private final Clock clock;
  private final LogThrottle additions;

  WorkUnitsController(
      History history,
      Postings postings,
      WorkQueue queue,
      PowAlgorithms algorithms,
      RepeatableRequests requests,
      Clock clock) {
    this.history = history;
    this.postings = postings;
    this.queue = queue;
    this.algorithms = algorithms;
    this.requests = requests;
    this.clock = clock;
    this.additions = new LogThrottle(LINES_PER_WINDOW, LOG_WINDOW, clock);
  }

  @Operation(operationId = "listWorkUnits", summary = "Work units, newest first")
  @GetMapping
  Page<WorkUnitView> list(
      @RequestParam @Nullable UnitState state,
      @RequestParam @Nullable String job,
      @RequestParam @Nullable String peer,
      PageQuery page) {
    var filter = new UnitFilter(state, job, PeerIds.filter(peer));
    return page.of(history.units(filter, page.window(), this::latest), WorkUnitView::of);
  }

  @Operation(operationId = "getWorkUnit", summary = "One work unit")
  @GetMapping("/{id}")
  WorkUnitDetails get(@PathVariable String id) {
    long number = number(id);
    return WorkUnitDetails.of(
        latest(stored(number)), history.leases(number), history.redos(number));
  }

  private WorkUnit stored(long number) {
    return history
        .unit(number)
        .orElseThrow(() -> new UnknownIdException("work unit", Long.toUnsignedString(number)));
  }

  /** Whether a unit is searched under its lease, and how far, is stored now and then only. */
  private WorkUnit latest(WorkUnit stored) {
    return queue.find(stored.id()).filter(live -> live.isUnderLeaseOf(stored)).orElse(stored);
  }

  private static long number(String id) {
    try {
      return Long.parseUnsignedLong(id);
    } catch (NumberFormatException e) {
      throw new UnknownIdException("work unit", id);
    }
  }

  @Operation(
      operationId = "addWorkUnit",
      summary = "Adds an explicit range to a posted job, or posts one as a job of its own")
  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  @io.swagger.v3.oas.annotations.parameters.RequestBody(
      content = @Content(schema = @Schema(implementation = WorkUnitRequest.class)),
      required = true)
  ResponseEntity<WorkUnitView> add(
      @RequestHeader(name = RepeatableRequests.KEY, required = false) @Nullable String key,
      @RequestAttribute(RequestTrace.ATTRIBUTE) TraceContext trace,
      @RequestBody JsonNode body) {
    Fields fields = new Fields(body);
    ResponseEntity<WorkUnitView> answer =
        requests.make(
            new RepeatableRequests.Request("POST /workunits", body, key),
            WorkUnitView.class,
            (WorkUnit unit) -> new Created<>("/workunits/" + unit.id(), WorkUnitView.of(unit)),
            wish(fields, trace));
    WorkUnitView unit = answer.getBody();
    if (fields.has(JOB_ID) && unit != null) {
      // A unit is searched within the trace of its job; this line says which job that is.
      additions.log(
          hidden ->
              LOG.info("Unit {} is added to job {}{}", unit.id(), unit.jobId(), notShown(hidden)));
    }
    return answer;
  }

  private RepeatableRequests.Wish<WorkUnit> wish(Fields fields, TraceContext trace) {
    if (!fields.has(JOB_ID)) {
      JobOrder order = JobOrder.read(fields, algorithms);
      return receipt ->
          postings.postUnit(order.job(JobsController.newId(), clock.instant(), trace), receipt);
    }
    String jobId = fields.text(JOB_ID, "must be the id of a posted job");
    NonceRange range = JobOrder.range(fields);
    fields.refuseOthers();
    return receipt ->
        history.hasUnitIn(jobId, range)
            ? CompletableFuture.completedFuture(
                new Outcome.Conflict<>("some of these nonces belong to job " + jobId + " already"))
            : postings.addUnit(jobId, range, receipt);
  }

  @Operation(
      operationId = "cancelWorkUnit",
      summary = "Cancels a unit; nobody searches the rest of its range")
  @DeleteMapping("/{id}")
  WorkUnitView cancel(@PathVariable String id) {
    long number = number(id);
    Outcome<WorkUnit> outcome = Waiting.await(postings.cancelUnit(number));
    return WorkUnitView.of(
        Waiting.valueOf(outcome instanceof Outcome.Unknown<WorkUnit> ? ended(number) : outcome));
  }

  /** A unit that is none of the live ones. */
  private Outcome<WorkUnit> ended(long number) {
    WorkUnit unit = stored(number);
    return switch (unit.state()) {
      case CANCELLED -> new Outcome.Done<>(unit);
      case COMPLETED, FAILED ->
          new Outcome.Conflict<>("work unit " + unit.id() + " is " + unit.state());
      case PENDING, ASSIGNED, COMPUTING ->
          new Outcome.Conflict<>("work unit " + unit.id() + " is another master's, or just ended");
    };
  }
}
