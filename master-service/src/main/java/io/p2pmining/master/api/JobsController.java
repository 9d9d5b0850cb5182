package io.p2pmining.master.api;

import io.p2pmining.common.trace.TraceContext;
import io.p2pmining.core.pow.PowAlgorithms;
import io.p2pmining.master.job.JobBoard;
import io.p2pmining.master.job.JobState;
import io.p2pmining.master.job.JobView;
import io.p2pmining.master.posting.Outcome;
import io.p2pmining.master.posting.Postings;
import io.p2pmining.master.store.History;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
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

/** {@code /jobs}, newest first; finite ones are posted and cancelled here. */
@RestController
@RequestMapping("/jobs")
final class JobsController {

  private final History history;
  private final JobBoard board;
  private final Postings postings;
  private final PowAlgorithms algorithms;
  private final RepeatableRequests requests;
  private final Clock clock;

  JobsController(
      History history,
      JobBoard board,
      Postings postings,
      PowAlgorithms algorithms,
      RepeatableRequests requests,
      Clock clock) {
    this.history = history;
    this.board = board;
    this.postings = postings;
    this.algorithms = algorithms;
    this.requests = requests;
    this.clock = clock;
  }

  @Operation(operationId = "listJobs", summary = "Jobs, newest first")
  @GetMapping
  Page<JobDetails> list(@RequestParam @Nullable JobState state, PageQuery page) {
    Instant now = clock.instant();
    return page.of(
        history.jobs(state, page.window()),
        stored -> JobDetails.of(board.find(stored.job().id(), now).orElse(stored), now));
  }

  @Operation(operationId = "getJob", summary = "One job and how far it is")
  @GetMapping("/{id}")
  JobDetails get(@PathVariable String id) {
    Instant now = clock.instant();
    return JobDetails.of(known(id, now), now);
  }

  private JobView known(String id, Instant now) {
    return board
        .find(id, now)
        .or(() -> history.job(id))
        .orElseThrow(() -> new UnknownIdException("job", id));
  }

  @Operation(operationId = "postJob", summary = "Posts a finite job")
  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  @io.swagger.v3.oas.annotations.parameters.RequestBody(
      content = @Content(schema = @Schema(implementation = JobRequest.class)),
      required = true)
  ResponseEntity<JobDetails> post(
      @RequestHeader(name = RepeatableRequests.KEY, required = false) @Nullable String key,
      @RequestAttribute(RequestTrace.ATTRIBUTE) TraceContext trace,
      @RequestBody JsonNode body) {
    JobOrder order = JobOrder.read(new Fields(body), algorithms);
    return requests.make(
        new RepeatableRequests.Request("POST /jobs", body, key),
        JobDetails.class,
        (JobView view) -> new Created<>("/jobs/" + view.job().id(), JobDetails.of(view)),
        receipt -> postings.post(order.job(newId(), clock.instant(), trace), receipt));
  }

  @Operation(
      operationId = "cancelJob",
      summary = "Cancels a posted job; its units are taken back from their workers")
  @DeleteMapping("/{id}")
  JobDetails cancel(@PathVariable String id) {
    Instant now = clock.instant();
    Outcome<JobView> outcome = Waiting.await(postings.cancelJob(id));
    return JobDetails.of(
        Waiting.valueOf(outcome instanceof Outcome.Unknown<JobView> ? forgotten(id, now) : outcome),
        now);
  }

  /** A job that the dispatcher does not keep in mind any more. */
  private Outcome<JobView> forgotten(String id, Instant now) {
    JobView view = known(id, now);
    return switch (view.state()) {
      case CANCELLED -> new Outcome.Done<>(view);
      case COMPLETED, FAILED -> new Outcome.Conflict<>("job " + id + " is " + view.state());
      case ACTIVE -> new Outcome.Conflict<>("job " + id + " is another master's");
    };
  }

  /** An id that no other job of the cluster has. */
  static String newId() {
    return UUID.randomUUID().toString();
  }
}
