package io.p2pmining.benchmarks.opponent;

import io.p2pmining.benchmarks.contender.ContenderException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Lines to and from a process; a thread of its own reads, so that waiting can end. */
final class LineChannel implements AutoCloseable {

  /** More lines than this unread are a program that talks without being asked. */
  private static final int UNREAD_LINES = 1000;

  private final BlockingQueue<Optional<String>> received = new LinkedBlockingQueue<>(UNREAD_LINES);
  private final OutputStream out;
  private final Thread reader;

  LineChannel(InputStream in, OutputStream out) {
    this.out = out;
    reader = Thread.ofVirtual().name("opponent").start(() -> readAll(in));
  }

  private void readAll(InputStream in) {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        received.put(Optional.of(line));
      }
    } catch (IOException e) {
      // The process has ended, as the empty line below says.
    } catch (InterruptedException e) {
      return;
    }
    if (!received.offer(Optional.empty())) {
      throw new IllegalStateException("unread lines at the end: " + UNREAD_LINES);
    }
  }

  void send(String line) {
    try {
      out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      out.flush();
    } catch (IOException e) {
      throw new ContenderException("cannot send " + line + ": the opponent has ended", e);
    }
  }

  /** The next line that is not blank; empty once there are no more or after the limit. */
  Optional<String> receive(Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (true) {
      Optional<String> line = received.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (line == null || line.isEmpty()) {
        return Optional.empty();
      }
      if (!line.get().isBlank()) {
        return line;
      }
    }
  }

  @Override
  public void close() {
    reader.interrupt();
    try {
      out.close();
    } catch (IOException e) {
      // Nobody reads it any more.
    }
  }
}
