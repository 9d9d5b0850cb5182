package io.p2pmining.master.api;

import io.p2pmining.master.event.ClusterEvent;
import io.p2pmining.master.event.EventLog;
import io.p2pmining.master.event.EventLog.Reading;
import io.p2pmining.master.event.EventType;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The events of one client, written as they come by the one thread that runs it. Nothing is kept
 * for the client but how far it has read; when it reads too slowly for the log, the stream ends
 * with a comment that says so, and the client may come back for what the log still has.
 */
final class EventStream {

  /** After how long a client whose stream ended comes back. */
  private static final Duration RETRY = Duration.ofSeconds(3);

  /** Events that come within this time are written together. */
  private static final Duration PACE = Duration.ofMillis(20);

  private final EventLog log;
  private final EventWriter writer;
  private final Set<EventType> types;
  private final @Nullable Long lastRead;
  private final Duration heartbeat;

  /**
   * @param lastRead the last event that the client has seen; null to begin with what comes
   */
  EventStream(
      EventLog log,
      EventWriter writer,
      Set<EventType> types,
      @Nullable Long lastRead,
      Duration heartbeat) {
    this.log = log;
    this.writer = writer;
    this.types = types;
    this.lastRead = lastRead;
    this.heartbeat = heartbeat;
  }

  /** Writes until the client is gone or too slow, or the log is closed. */
  void run(OutputStream out) throws InterruptedException {
    try {
      follow(out);
    } catch (IOException e) {
      // The client is gone; there is nobody left to tell.
    }
  }

  private void follow(OutputStream out) throws IOException, InterruptedException {
    send(out, "retry: " + RETRY.toMillis() + "\n\n");
    long read = begin(out);
    long written = System.nanoTime();
    while (true) {
      switch (log.after(read, types, heartbeat)) {
        case Reading.Events(var events, long upTo) -> {
          read = upTo;
          boolean silent = System.nanoTime() - written >= heartbeat.toNanos();
          if (!events.isEmpty() || silent) {
            send(out, events.isEmpty() ? ": nothing new\n\n" : text(events));
            written = System.nanoTime();
          }
          Thread.sleep(PACE);
        }
        case Reading.Lost(long oldest, long newest) -> {
          send(
              out,
              ": too slow: events from " + (read + 1) + " to " + (oldest - 1) + " are lost\n\n");
          return;
        }
        case Reading.Closed() -> {
          send(out, ": the master is stopping\n\n");
          return;
        }
      }
    }
  }

  /** Where to read on; says what the log cannot give any more. */
  private long begin(OutputStream out) throws IOException, InterruptedException {
    Long last = lastRead;
    if (last == null) {
      return log.newest();
    }
    if (log.after(last, types, Duration.ZERO) instanceof Reading.Lost(long oldest, long newest)) {
      long begin = Math.min(oldest - 1, newest);
      send(out, "event: gap\ndata: {\"oldest\":%d,\"newest\":%d}\n\n".formatted(oldest, newest));
      return begin;
    }
    return last;
  }

  private String text(Iterable<ClusterEvent> events) {
    StringBuilder text = new StringBuilder();
    events.forEach(event -> text.append(event.text(writer::text)));
    return text.toString();
  }

  private static void send(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
