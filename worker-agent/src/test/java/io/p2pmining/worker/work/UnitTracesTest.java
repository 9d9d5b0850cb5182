package io.p2pmining.worker.work;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.p2pmining.common.wire.v1.AssignedUnit;
import io.p2pmining.service.tracing.UnrecordedSpans;
import io.p2pmining.worker.MutableClock;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

class UnitTracesTest {

  private static final String TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String TRACE = "00-" + TRACE_ID + "-00f067aa0ba902b7-01";

  private final UnitTasks tasks = new UnitTasks(Units.catalog());
  private final UnitTraces traces =
      new UnitTraces(new UnrecordedSpans(new Random(1)), new MutableClock());
  private final Logger logger = (Logger) LoggerFactory.getLogger("io.p2pmining.worker.Work");
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
  void saysOnceWhichJobOfNoChainIsSearched() {
    traces.began(unit(1, 0, TRACE));
    traces.began(unit(2, 0, TRACE));
    traces.ended(new UnitRef(1, 1000), "completed");

    assertThat(messages()).containsExactly("Searching job job-1 from unit 1 on");
    assertThat(lines.list.getFirst().getMDCPropertyMap()).containsEntry("traceId", TRACE_ID);
  }

  @Test
  void saysEverythingToWhoAsksForIt() {
    logger.setLevel(Level.DEBUG);
    traces.began(unit(1, 900, TRACE));
    traces.ended(new UnitRef(1, 1000), "completed");

    assertThat(messages()).containsExactly("Searching unit 1 of job job-1", "Unit 1 is completed");
    assertThat(lines.list)
        .allSatisfy(
            line -> assertThat(line.getMDCPropertyMap()).containsEntry("traceId", TRACE_ID));
  }

  @Test
  void knowsTheTraceOfAUnitThatHasEnded() {
    traces.began(unit(1, 0, TRACE));
    traces.ended(new UnitRef(1, 1000), "completed");

    traces.within(new UnitRef(1, 1000), () -> assertThat(MDC.get("traceId")).isEqualTo(TRACE_ID));
  }

  @Test
  void forgetsTheTracesOfUnitsOfLongAgo() {
    for (int id = 1; id <= 1000; id++) {
      traces.began(unit(id, 900, TRACE));
    }
    traces.within(new UnitRef(1, 1000), () -> assertThat(MDC.get("traceId")).isNull());
    traces.within(
        new UnitRef(1000, 1_000_000), () -> assertThat(MDC.get("traceId")).isEqualTo(TRACE_ID));
  }

  @Test
  void searchesUnitsOfMastersThatNameNoTrace() {
    traces.began(unit(1, 0, ""));
    traces.ended(new UnitRef(1, 1000), "completed");

    assertThat(messages()).containsExactly("Searching job job-1 from unit 1 on");
    assertThat(lines.list.getFirst().getMDCPropertyMap()).isEmpty();
  }

  private LeasedUnit unit(long id, long height, String traceparent) {
    AssignedUnit.Builder unit = Units.unit(id, "sha256d", 100, 8).setTraceparent(traceparent);
    unit.getJobBuilder().setHeight(height);
    return tasks.leased(unit.build(), 0);
  }

  private List<String> messages() {
    return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }
}
