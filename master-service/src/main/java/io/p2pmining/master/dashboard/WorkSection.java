package io.p2pmining.master.dashboard;

import io.p2pmining.core.pow.Target;
import io.p2pmining.master.job.Job;
import io.p2pmining.master.job.JobBoard;
import io.p2pmining.master.job.JobProgress;
import io.p2pmining.master.job.JobState;
import io.p2pmining.master.job.JobView;
import io.p2pmining.master.work.UnitState;
import io.p2pmining.master.work.WorkQueue;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Shows the jobs that matter now. Safe for use by any thread. */
@Component
final class WorkSection {

  /** Jobs in all; of those that have ended, a few say enough. */
  private static final int ROWS = 8;

  private static final int ENDED_ROWS = 3;

  private static final Figure ENDED = new Figure("", "it has ended");

  private final JobBoard board;
  private final WorkQueue queue;
  private final Clock clock;

  WorkSection(JobBoard board, WorkQueue queue, Clock clock) {
    this.board = board;
    this.queue = queue;
    this.clock = clock;
  }

  WorkView view() {
    Instant now = clock.instant();
    List<WorkView.Row> rows =
        chosen(board.list()).stream()
            .map(view -> row(board.find(view.job().id(), now).orElse(view), now))
            .toList();
    Map<UnitState, Long> counts = queue.countByState();
    List<WorkView.UnitCount> units =
        Arrays.stream(UnitState.values())
            .map(
                state ->
                    new WorkView.UnitCount(
                        state.name().toLowerCase(Locale.ROOT),
                        Figures.count(counts.getOrDefault(state, 0L))))
            .toList();
    return new WorkView(rows, units);
  }

  /** What units are cut from first, then what still counts, then the newest of the others. */
  private static List<JobView> chosen(List<JobView> newestFirst) {
    List<JobView> chosen =
        newestFirst.stream()
            .filter(view -> view.state() == JobState.ACTIVE)
            .sorted(Comparator.comparing(view -> !view.current()))
            .limit(ROWS)
            .collect(Collectors.toCollection(ArrayList::new));
    newestFirst.stream()
        .filter(view -> view.state() != JobState.ACTIVE)
        .limit(Math.min(ENDED_ROWS, ROWS - chosen.size()))
        .forEach(chosen::add);
    return chosen;
  }

  private static WorkView.Row row(JobView view, Instant now) {
    Job job = view.job();
    JobProgress progress = view.progress();
    Target target = job.networkTarget();
    boolean active = view.state() == JobState.ACTIVE;
    return new WorkView.Row(
        job.id(),
        job.height() > 0
            ? job.source() + " · height " + Figures.count(job.height()).text()
            : job.source(),
        job.algorithm(),
        stateOf(view),
        toneOf(view),
        active || job.finite() != null,
        target != null,
        target == null ? Figure.NONE : Figures.large(target.difficulty()),
        String.format(Locale.ROOT, "%.2f", 100 * progress.part()),
        new Figure(
            Figures.percent(progress.part()).text(),
            "%,d of %,d nonces".formatted(progress.searched(), progress.nonces())),
        active ? Figures.rate(progress.hashesPerSecond()) : ENDED,
        active && job.finite() != null
            ? progress.timeLeft().map(Figures::duration).orElse(Figure.NONE)
            : new Figure("", "it ends when its source gives a newer one"),
        new Figure(Words.many(progress.shares(), "share", "shares"), "credited for this job"),
        Figures.ago(job.createdAt(), now));
  }

  private static String stateOf(JobView view) {
    return switch (view.state()) {
      case ACTIVE -> view.current() ? "Current" : "Finishing";
      case COMPLETED -> "Completed";
      case CANCELLED -> view.job().finite() == null ? "Obsolete" : "Cancelled";
      case FAILED -> "Failed";
    };
  }

  private static String toneOf(JobView view) {
    return switch (view.state()) {
      case ACTIVE -> view.current() ? "good" : "busy";
      case FAILED -> "bad";
      case COMPLETED, CANCELLED -> "off";
    };
  }
}
