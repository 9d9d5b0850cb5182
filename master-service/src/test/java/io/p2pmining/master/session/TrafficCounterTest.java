package io.p2pmining.master.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;

class TrafficCounterTest {

  @Test
  void countsTheBytesOfAllConnectionsAndPassesThemOn() {
    TrafficCounter counter = new TrafficCounter();
    EmbeddedChannel one = new EmbeddedChannel(counter);
    EmbeddedChannel two = new EmbeddedChannel(counter);

    assertThat(one.writeInbound(Unpooled.wrappedBuffer(new byte[5]))).isTrue();
    assertThat(two.writeInbound(Unpooled.wrappedBuffer(new byte[7]))).isTrue();
    assertThat(two.writeOutbound(Unpooled.wrappedBuffer(new byte[3]))).isTrue();

    assertThat(counter.receivedBytes()).isEqualTo(12);
    assertThat(counter.sentBytes()).isEqualTo(3);
    one.finishAndReleaseAll();
    two.finishAndReleaseAll();
  }
}
