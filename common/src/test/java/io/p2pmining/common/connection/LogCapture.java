package io.p2pmining.common.connection;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;

/** What the protocol logs while it is open; the console does not get it. */
final class LogCapture implements AutoCloseable {

  private final Logger logger = (Logger) LoggerFactory.getLogger("io.p2pmining");
  private final ListAppender<ILoggingEvent> events = new ListAppender<>();

  LogCapture() {
    events.start();
    logger.setAdditive(false);
    logger.addAppender(events);
  }

  List<ILoggingEvent> events() {
    return List.copyOf(events.list);
  }

  @Override
  public void close() {
    logger.detachAppender(events);
    logger.setAdditive(true);
  }
}
