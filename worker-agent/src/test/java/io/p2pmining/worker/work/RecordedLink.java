package io.p2pmining.worker.work;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.MessageLite;
import io.p2pmining.common.connection.MessageRules;
import io.p2pmining.common.frame.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A link that keeps what is sent, after holding it to the rules of the protocol. */
final class RecordedLink implements MasterLink {

  private static final long PATIENCE_SECONDS = 30;

  private final BlockingQueue<MessageLite> sent = new LinkedBlockingQueue<>();

  @Override
  public void send(MessageLite message) {
    try {
      MessageRules.check(message);
    } catch (ProtocolException e) {
      throw new AssertionError("breaks the protocol: " + message, e);
    }
    sent.add(message);
  }

  /** The next message of this kind; others before it are dropped. */
  <M extends MessageLite> M await(Class<M> kind) throws InterruptedException {
    while (true) {
      MessageLite message = sent.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(message)
          .as("a %s within %d s", kind.getSimpleName(), PATIENCE_SECONDS)
          .isNotNull();
      if (kind.isInstance(message)) {
        return kind.cast(message);
      }
    }
  }

  /** What has been sent of this kind; everything else is dropped. */
  <M extends MessageLite> List<M> drain(Class<M> kind) {
    List<MessageLite> all = new ArrayList<>();
    sent.drainTo(all);
    return all.stream().filter(kind::isInstance).map(kind::cast).toList();
  }
}
