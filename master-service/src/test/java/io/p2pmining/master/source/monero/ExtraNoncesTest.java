package io.p2pmining.master.source.monero;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.common.work.Bytes;
import io.p2pmining.master.source.monero.ExtraNonces.ExtraNonce;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ExtraNoncesTest {

  @Test
  void neverRepeatsWithinNorAcrossProcesses() {
    SecureRandom random = new SecureRandom();
    Set<Bytes> seen = new HashSet<>();
    Set<String> ids = new HashSet<>();
    AtomicLong counter = new AtomicLong();
    for (int process = 0; process < 10; process++) {
      ExtraNonces extraNonces = new ExtraNonces(random, counter::incrementAndGet);
      for (int i = 0; i < 100; i++) {
        ExtraNonce next = extraNonces.next();
        assertThat(next.bytes().length()).isEqualTo(ExtraNonces.LENGTH);
        assertThat(seen.add(next.bytes())).as("%s is new", next).isTrue();
        assertThat(ids.add(next.jobId())).as("%s is new", next.jobId()).isTrue();
      }
    }
  }

  @Test
  void writesPrefixThenCount() {
    assertThat(new ExtraNonce(0x0102030405060708L, 9).bytes())
        .isEqualTo(Bytes.ofHex("01020304050607080000000000000009"));
    assertThat(new ExtraNonce(0x0102030405060708L, 9).jobId()).isEqualTo("0102030405060708-9");
  }
}
