package io.p2pmining.master.api;

import io.p2pmining.master.job.JobState;
import io.p2pmining.master.store.History;
import io.swagger.v3.oas.annotations.Operation;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /jobs}, newest first. */
@RestController
@RequestMapping("/jobs")
final class JobsController {

  private final History history;

  JobsController(History history) {
    this.history = history;
  }

  @Operation(operationId = "listJobs", summary = "Jobs, newest first")
  @GetMapping
  Page<JobDetails> list(@RequestParam @Nullable JobState state, PageQuery page) {
    return page.of(history.jobs(state, page.window()), JobDetails::of);
  }

  @Operation(operationId = "getJob", summary = "One job")
  @GetMapping("/{id}")
  JobDetails get(@PathVariable String id) {
    return history.job(id).map(JobDetails::of).orElseThrow(() -> new UnknownIdException("job", id));
  }
}
