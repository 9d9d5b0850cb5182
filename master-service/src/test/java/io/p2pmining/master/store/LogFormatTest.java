package io.p2pmining.master.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.p2pmining.common.work.Bytes;
import io.p2pmining.common.work.NonceRange;
import io.p2pmining.master.peer.RateSample;
import io.p2pmining.master.peer.Resolution;
import io.p2pmining.master.work.Redone;
import io.p2pmining.master.work.Rejection;
import io.p2pmining.master.work.UnitRef;
import java.io.ByteArrayOutputStream;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;

class LogFormatTest {

  private static final UUID MASTER = new UUID(1, 2);

  private final LogFormat format = new LogFormat();

  private byte[] written(Group group, long after) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    format.write(out, LogRecord.of(group, MASTER, after));
    return out.toByteArray();
  }

  private LogRecord read(byte[] json) {
    return format.read(json, 0, json.length);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void givesBackWhatWasWritten(long seed) {
    Random random = new Random(seed);
    Journal journal = new Journal(10);
    Workload workload = new Workload(journal, new AtomicLong()::incrementAndGet, random);
    for (int i = 0; i < 20; i++) {
      workload.work(random.nextInt(100));
      journal.answered(
          new Answer(
              "key " + i, Bytes.copyOf(new byte[] {1}), 201, "", "{\"a\":1}", Workload.START));
      journal.unitRedone(
          new Redone(
              new UnitRef(i, i + 1),
              "job " + i,
              Workload.peer(1),
              Workload.peer(2),
              new NonceRange(i, 5),
              3,
              2,
              1,
              Workload.START));
      journal.sampled(Resolution.TWO_MINUTES, new RateSample(Workload.START, 0.1 * i, i));
      journal.taskEnded();
      Group group = journal.take(true);
      group.revoke(random.nextLong());
      byte[] json = written(group, i);
      LogRecord logged = read(json);
      Group again = logged.toGroup();

      assertThat(logged.master()).isEqualTo(MASTER);
      assertThat(logged.after()).isEqualTo(i);
      assertThat(again.number()).isEqualTo(group.number());
      assertThat(again.jobs()).containsExactlyElementsOf(group.jobs());
      assertThat(again.units()).containsExactlyElementsOf(group.units());
      assertThat(again.leases()).isEqualTo(group.leases());
      assertThat(again.shares()).isEqualTo(group.shares());
      assertThat(again.revokedShares()).isEqualTo(group.revokedShares());
      assertThat(again.blocks()).containsExactlyElementsOf(group.blocks());
      assertThat(again.totals()).isEqualTo(group.totals());
      assertThat(again.standings()).isEqualTo(group.standings());
      assertThat(again.conducts()).isEqualTo(group.conducts());
      assertThat(again.samples()).isEqualTo(group.samples()).isNotEmpty();
      assertThat(again.redos()).isEqualTo(group.redos()).isNotEmpty();
      assertThat(again.answers()).isEqualTo(group.answers());
      assertThat(again.peers()).as("they need not be durable").isEmpty();
      assertThat(again.peerTotals()).hasSameSizeAs(group.peerTotals());
      again
          .peerTotals()
          .forEach(
              (peer, totals) ->
                  assertThat(totals)
                      .usingRecursiveComparison()
                      .isEqualTo(group.peerTotals().get(peer)));
      assertThat(written(again, i)).as("seed=%s", seed).isEqualTo(json);
    }
  }

  @Test
  void passesOverWhatItDoesNotKnowAndDoesWithoutWhatIsMissing() {
    String json =
        """
        {"master":"%s","number":7,"later":[{"a":[1,2]}],
         "peerTotals":[{"peer":"%s","accepted":3,"difficulty":30,"rejected":{"STALE":1},"new":true}]}
        """
            .formatted(MASTER, Workload.peer(1));

    Group group = read(json.getBytes(UTF_8)).toGroup();

    assertThat(group.number()).isEqualTo(7);
    assertThat(group.units()).isEmpty();
    assertThat(group.totals()).isEmpty();
    assertThat(group.totalsOf(Workload.peer(1)).accepted()).isEqualTo(3);
    assertThat(group.totalsOf(Workload.peer(1)).rejected()).containsEntry(Rejection.STALE, 1L);
  }

  @Test
  void refusesWhatIsNotARecord() {
    assertThatThrownBy(() -> read("{\"number\":".getBytes(UTF_8)))
        .isInstanceOf(JacksonException.class);
  }
}
