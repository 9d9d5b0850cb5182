package io.p2pmining.master.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.p2pmining.common.trace.TraceContext;
import io.p2pmining.common.work.Bytes;
import io.p2pmining.common.work.NonceRange;
import io.p2pmining.core.pow.Target;
import io.p2pmining.master.job.FiniteTerms;
import io.p2pmining.master.job.Job;
import io.p2pmining.master.job.JobListener.Replacement;
import io.p2pmining.master.posting.Postings;
import io.p2pmining.master.posting.Receipt;
import io.p2pmining.master.work.Assignment;
import io.p2pmining.master.work.PeerId;
import io.p2pmining.master.work.WorkResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

class WorkTracesTest {

  private static final PeerId ANN = new PeerId("a".repeat(32));
  private static final TraceContext REQUEST =
      TraceContext.parse("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01").orElseThrow();
  private static final NonceRange RANGE = new NonceRange(0, 100);
  private static final NonceRange LARGE = new NonceRange(0, 1_000_000);

  private final Rig rig = new Rig();
  private final Logger logger = (Logger) LoggerFactory.getLogger("io.p2pmining.master.Work");
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

  @BeforeEach
  void listens() {
    lines.start();
    logger.addAppender(lines);
    logger.setLevel(Level.INFO);
  }

  @AfterEach
  void listensNoMore() {
    logger.detachAppender(lines);
    logger.setLevel(null);
  }

  @Test
  void followsAPostedJobFromItsRequestToItsResults() {
    post("posted-1");
    RecordingLink ann = rig.connect(ANN, 100, 1);
    search(ann.first());
    var unused = rig.dispatcher.postings().cancelJob("posted-1");
    rig.owner.drain();

    assertThat(lines.list)
        .allSatisfy(
            line ->
                assertThat(line.getMDCPropertyMap()).containsEntry("traceId", REQUEST.traceId()));
    long unit = ann.first().ref().unitId();
    assertThat(messages())
        .startsWith(
            "Job posted-1 of source posted: sha256d",
            "Unit " + unit + " of job posted-1 is assigned to worker " + ANN,
            "Share 1 of job posted-1 is accepted, worker " + ANN,
            "Unit " + unit + " of job posted-1 is completed, worker " + ANN)
        .endsWith("Job posted-1 is cancelled, shares: 1");
    assertThat(MDC.getCopyOfContextMap()).isNullOrEmpty();
  }

  @Test
  void tellsTheWorkerOfTheTrace() {
    post("posted-1");

    assertThat(rig.connect(ANN, 100, 1).first().trace()).isEqualTo(REQUEST);
  }

  @Test
  void goesOnInTheSameTraceAfterARestart() {
    post("posted-1");
    Rig successor = rig.successor();

    assertThat(successor.connect(ANN, 100, 1).first().trace()).isEqualTo(REQUEST);
  }

  @Test
  void givesEachJobOfASourceATraceOfItsOwn() {
    rig.deliver(Replacement.NEW_TIP, RANGE, null);
    RecordingLink ann = rig.connect(ANN, 100, 1);
    rig.deliver(Replacement.NEW_TIP, RANGE, null);

    List<String> traces =
        ann.assigned.stream().map(unit -> Objects.requireNonNull(unit.trace()).traceId()).toList();
    assertThat(traces).hasSize(2).doesNotHaveDuplicates();
  }

  @Test
  void saysNothingOfJobsThatComeAllDayUnlessAsked() {
    rig.deliver(Replacement.NEW_TIP, LARGE, null);
    RecordingLink ann = rig.connect(ANN, 100, 1);
    assertThat(lines.list).isEmpty();

    logger.setLevel(Level.DEBUG);
    search(ann.first());
    assertThat(messages()).anyMatch(line -> line.contains("is accepted, worker " + ANN));
    assertThat(lines.list)
        .allSatisfy(
            line ->
                assertThat(line.getMDCPropertyMap())
                    .containsEntry(
                        "traceId", Objects.requireNonNull(ann.first().trace()).traceId()));
  }

  @Test
  void showsEachLeaseAsASpanUntilItEnds() {
    RecordedSpans spans = new RecordedSpans();
    WorkTraces traces = new WorkTraces(spans, rig.board, rig.clock);
    Job job = traces.begin(posted("posted-1"));
    post(job.id());
    Assignment unit = rig.connect(ANN, 100, 1).first();

    TraceContext told = Objects.requireNonNull(traces.assigned(ANN, unit).trace());
    assertThat(told.traceId()).isEqualTo(REQUEST.traceId());
    assertThat(told.spanId()).isNotEqualTo(REQUEST.spanId());
    assertThat(spans.ended).containsExactly("job arrived");
    assertThat(spans.parents).containsEntry("unit", REQUEST).containsEntry("job", REQUEST);

    traces.unitChanged(rig.queue.find(unit.ref().unitId()).orElseThrow());
    assertThat(spans.ended).as("the lease goes on").hasSize(1);
    rig.dispatcher.peerGone(ANN, rig.connect(ANN, 100, 0), false);
    rig.owner.drain();
    traces.unitChanged(rig.queue.find(unit.ref().unitId()).orElseThrow());
    assertThat(spans.ended).containsExactly("job arrived", "unit pending");
  }

  @Test
  void writesAFewLinesOfManyPostedJobs() {
    for (int i = 0; i < Rig.POSTED_JOBS; i++) {
      post("posted-" + i);
    }
    for (int i = 0; i < Rig.POSTED_JOBS; i++) {
      var unused = rig.dispatcher.postings().cancelJob("posted-" + i);
    }
    rig.owner.drain();
    assertThat(lines.list).hasSize(10);

    rig.clock.advance(Duration.ofSeconds(10));
    post("posted-later");
    assertThat(messages().getLast())
        .isEqualTo("Job posted-later of source posted: sha256d (10 lines like this are not shown)");
  }

  private void post(String id) {
    var unused = rig.dispatcher.postings().post(posted(id), Receipt.none());
    rig.owner.drain();
  }

  private static Job posted(String id) {
    return new Job(
        id,
        Postings.SOURCE,
        "sha256d",
        Bytes.copyOf(new byte[8]),
        1,
        RANGE,
        Bytes.EMPTY,
        Bytes.EMPTY,
        Target.EASIEST,
        0,
        Bytes.EMPTY,
        Instant.EPOCH,
        new FiniteTerms(FiniteTerms.DEFAULT_PRIORITY, Target.EASIEST, 0),
        REQUEST);
  }

  /** One share, and the end of the unit. */
  private void search(Assignment unit) {
    long nonce = rig.nonceMeeting(unit, unit.range().start(), unit.shareTarget(), null);
    rig.dispatcher.result(
        ANN,
        new WorkResult.ShareFound(
            1, unit.ref(), unit.job().id(), nonce, rig.hash(unit.job(), nonce)));
    rig.owner.drain();
    rig.verify();
    rig.dispatcher.result(
        ANN,
        new WorkResult.RangeCompleted(2, unit.ref(), unit.range().count(), Duration.ofSeconds(1)));
    rig.owner.drain();
  }

  private List<String> messages() {
    return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }
}
