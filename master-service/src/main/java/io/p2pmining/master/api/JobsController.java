package io.p2pmining.master.api;

import io.p2pmining.master.job.JobBoard;
import io.p2pmining.master.job.JobState;
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

  private final JobBoard board;

  JobsController(JobBoard board) {
    this.board = board;
  }

  @Operation(operationId = "listJobs", summary = "Jobs, newest first")
  @GetMapping
  Page<JobDetails> list(@RequestParam @Nullable JobState state, PageQuery page) {
    var matching =
        board.list().stream().filter(view -> state == null || view.state() == state).toList();
    return page.of(matching, JobDetails::of);
  }

  @Operation(operationId = "getJob", summary = "One job")
  @GetMapping("/{id}")
  JobDetails get(@PathVariable String id) {
    return board.find(id).map(JobDetails::of).orElseThrow(() -> new UnknownIdException("job", id));
  }
}
