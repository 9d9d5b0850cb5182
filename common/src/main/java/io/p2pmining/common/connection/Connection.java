package io.p2pmining.common.connection;

import com.google.protobuf.MessageLite;
import io.netty.channel.Channel;
import io.p2pmining.common.wire.v1.Error;
import io.p2pmining.common.wire.v1.Goodbye;
import java.net.SocketAddress;
import java.util.List;

/**
 * One side's end of a connection. Safe for use by any thread; no method waits. What is sent on a
 * connection that is about to close is lost: {@link ConnectionListener#closed} tells.
 */
@SuppressWarnings("FutureReturnValueIgnored") // the handler hears of every failed write
public final class Connection {

  private final Channel channel;

  Connection(Channel channel) {
    this.channel = channel;
  }

  /**
   * Sends a message after those that were sent before. A message that breaks the rules of the
   * protocol is a bug of the caller: it is logged and ends the connection with ERROR INTERNAL.
   */
  public void send(MessageLite message) {
    // A channel over its outbound limit is being closed; nothing more may pile up meanwhile.
    if (channel.isWritable()) {
      channel.writeAndFlush(message);
    }
  }

  /** Sends several messages with one write to the socket; otherwise like {@link #send}. */
  public void sendTogether(List<? extends MessageLite> messages) {
    if (channel.eventLoop().inEventLoop()) {
      writeAndFlush(messages);
    } else {
      channel.eventLoop().execute(() -> writeAndFlush(messages));
    }
  }

  private void writeAndFlush(List<? extends MessageLite> messages) {
    if (channel.isWritable()) {
      messages.forEach(channel::write);
      channel.flush();
    }
  }

  /** Ends the connection on purpose: GOODBYE, then closed. Without effect if it is ending. */
  public void leave(String reason, boolean returning) {
    send(Goodbye.newBuilder().setReason(Text.printable(reason)).setReturning(returning).build());
  }

  /** Ends the connection with an ERROR. Without effect if it is ending. */
  public void refuse(Error.Code code, String message) {
    send(Error.newBuilder().setCode(code).setMessage(Text.printable(message)).build());
  }

  /** Ends the connection at once and without a word. */
  public void drop() {
    channel.close();
  }

  /** Whether messages can still be sent and received. */
  public boolean isOpen() {
    return channel.isActive();
  }

  /** The address of the other end; of type {@code InetSocketAddress} for a real connection. */
  public SocketAddress remoteAddress() {
    return channel.remoteAddress();
  }

  /** The address of this end; of type {@code InetSocketAddress} for a real connection. */
  public SocketAddress localAddress() {
    return channel.localAddress();
  }

  /** For logs: the other end's address. */
  @Override
  public String toString() {
    return String.valueOf(channel.remoteAddress());
  }
}
