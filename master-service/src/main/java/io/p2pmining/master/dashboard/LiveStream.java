package io.p2pmining.master.dashboard;

import io.p2pmining.master.event.ClusterEvent;
import io.p2pmining.master.event.EventLog;
import io.p2pmining.master.event.EventLog.Reading;
import io.p2pmining.master.event.EventType;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Names the pieces of the page that have changed, every two seconds at most and whatever happens;
 * what has changed, the page asks for itself if it shows it. Owned by the thread that runs it.
 */
final class LiveStream {

  /** Faster than people can read, slow enough for a cluster in which hundreds of things happen. */
  static final Duration PACE = Duration.ofSeconds(2);

  /** Rates and times go on without any event; workers report every five seconds. */
  static final Duration QUIET = Duration.ofSeconds(5);

  private static final Duration RETRY = Duration.ofSeconds(3);

  private final EventLog log;

  LiveStream(EventLog log) {
    this.log = log;
  }

  /** Writes until the page is gone or the log is closed. */
  void run(OutputStream out) throws InterruptedException {
    try {
      follow(out);
    } catch (IOException e) {
      // The page is gone; there is nobody left to tell.
    }
  }

  private void follow(OutputStream out) throws IOException, InterruptedException {
    long read = log.newest();
    send(out, "retry: " + RETRY.toMillis() + "\n\n");
    while (true) {
      Set<Piece> changed = EnumSet.of(Piece.NOW);
      switch (log.after(read, EnumSet.allOf(EventType.class), QUIET)) {
        case Reading.Events(var events, long upTo) -> {
          for (ClusterEvent event : events) {
            changed.addAll(Piece.changedBy(event.occurrence().type()));
          }
          if (events.isEmpty()) {
            changed.addAll(EnumSet.of(Piece.PEERS, Piece.WORK));
          }
          read = log.newest();
          if (upTo < read) {
            changed.addAll(EnumSet.allOf(Piece.class));
          }
        }
        case Reading.Lost(long oldest, long newest) -> {
          read = newest;
          changed.addAll(EnumSet.allOf(Piece.class));
        }
        case Reading.Closed() -> {
          send(out, "event: stopping\ndata: the master is stopping\n\n");
          return;
        }
      }
      send(out, "event: changed\ndata: " + names(changed) + "\n\n");
      Thread.sleep(PACE);
    }
  }

  private static String names(Set<Piece> pieces) {
    return pieces.stream().map(Piece::label).collect(Collectors.joining(" "));
  }

  private static void send(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
