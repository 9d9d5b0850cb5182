package io.p2pmining.master.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.common.settings.RefusedSetting;
import io.p2pmining.common.settings.Reload;
import io.p2pmining.common.settings.SettingChange;
import io.p2pmining.master.event.EventLog;
import io.p2pmining.master.event.EventType;
import io.p2pmining.master.event.Occurrence;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.json.JsonMapper;

@Timeout(30)
class EventStreamTest {

  private static final Duration SHORT = Duration.ofMillis(1);

  private final EventLog log = new EventLog(() -> Instant.EPOCH, 4, 100);

  @Test
  void beginsWithWhatComes() throws InterruptedException {
    append(2);

    assertThat(text(null, flush -> stopAfter(flush, 2)))
        .isEqualTo("retry: 3000\n\n: nothing new\n\n: the master is stopping\n\n");
  }

  @Test
  void writesIdTypeAndData() throws InterruptedException {
    append(2);

    assertThat(text(100L, flush -> stopAfter(flush, 2)))
        .contains(
            """
            id: 101
            event: job
            data: {"at":"1970-01-01T00:00:00Z","change":"withdrawn","subject":{"source":"test","reason":"no node answers"}}

            """)
        .doesNotContain("id: 100");
  }

  @Test
  void writesWhatBecameOfSettings() throws InterruptedException {
    log.append(
        new Occurrence.SettingsReloaded(
            new Reload(
                List.of(new SettingChange("a.b", "1s", "2s")),
                List.of(new RefusedSetting("a.c", "it needs a restart")))));
    log.append(new Occurrence.SettingsInvalid("a.b=x is not valid"));

    assertThat(text(99L, flush -> stopAfter(flush, 2)))
        .contains(
            """
            event: settings
            data: {"at":"1970-01-01T00:00:00Z","change":"reloaded","subject":{"changed":[{"name":"a.b","before":"1s","after":"2s"}],"refused":[{"name":"a.c","reason":"it needs a restart"}]}}
            """,
            """
            event: settings
            data: {"at":"1970-01-01T00:00:00Z","change":"invalid","subject":{"problem":"a.b=x is not valid"}}
            """);
  }

  @Test
  void saysWhatTheLogHasForgottenAndGoesOnWithTheRest() throws InterruptedException {
    append(6);

    assertThat(text(100L, flush -> stopAfter(flush, 3)))
        .contains("event: gap\ndata: {\"oldest\":102,\"newest\":105}\n\nid: 102\n")
        .contains("id: 105\n");
  }

  @Test
  void dropsAClientThatReadsTooSlowly() throws InterruptedException {
    append(1);

    String text =
        text(
            99L,
            flush -> {
              if (flush == 2) {
                append(6);
              }
            });

    assertThat(text)
        .contains("id: 100\n")
        .endsWith(": too slow: events from 101 to 102 are lost\n\n")
        .doesNotContain("id: 101\n");
  }

  @Test
  void isNotSilentWhileOnlyOthersHaveSomethingToRead() throws InterruptedException {
    EventLog busy = new EventLog(() -> Instant.EPOCH, 100_000, 100);
    Thread others =
        Thread.startVirtualThread(
            () -> {
              while (!Thread.currentThread().isInterrupted()) {
                busy.append(new Occurrence.JobsWithdrawn("test", "no node answers"));
                LockSupport.parkNanos(SHORT.toNanos());
              }
            });
    ByteArrayOutputStream out =
        new ByteArrayOutputStream() {
          private int flushes;

          @Override
          public void flush() {
            if (++flushes == 3) {
              busy.close();
            }
          }
        };
    EventWriter writer = new EventWriter(JsonMapper.builder().build());
    new EventStream(busy, writer, EnumSet.of(EventType.BLOCK), null, Duration.ofMillis(50))
        .run(out);
    others.interrupt();

    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains(": nothing new\n\n: nothing new\n\n")
        .doesNotContain("event:");
  }

  @Test
  void endsWhenTheClientIsGone() throws InterruptedException {
    stream(null)
        .run(
            new OutputStream() {
              @Override
              public void write(int b) throws IOException {
                throw new IOException("broken pipe");
              }
            });

    assertThat(log.newest()).isEqualTo(99);
  }

  private void stopAfter(int flush, int last) {
    if (flush == last) {
      log.close();
    }
  }

  /** What a client reads that does something after each flush. */
  private String text(@Nullable Long lastRead, IntConsumer afterFlush) throws InterruptedException {
    ByteArrayOutputStream out =
        new ByteArrayOutputStream() {
          private int flushes;

          @Override
          public void flush() {
            afterFlush.accept(++flushes);
          }
        };
    stream(lastRead).run(out);
    return out.toString(StandardCharsets.UTF_8);
  }

  private EventStream stream(@Nullable Long lastRead) {
    EventWriter writer = new EventWriter(JsonMapper.builder().build());
    return new EventStream(log, writer, EnumSet.allOf(EventType.class), lastRead, SHORT);
  }

  private void append(int count) {
    for (int i = 0; i < count; i++) {
      log.append(new Occurrence.JobsWithdrawn("test", "no node answers"));
    }
  }
}
