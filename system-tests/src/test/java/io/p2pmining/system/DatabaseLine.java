package io.p2pmining.system;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The line between a master and its PostgreSQL, which can be cut, silent or slow. Listens on a port
 * of its own and passes on what comes. Safe for use by any thread.
 */
final class DatabaseLine implements AutoCloseable {

  private static final int BUFFER_BYTES = 1 << 16;
  private static final long SILENCE_CHECK_MS = 50;

  /** What the server says when a transaction has been committed: CommandComplete with its tag. */
  private static final byte[] COMMITTED =
      "C\0\0\0\13COMMIT\0".getBytes(StandardCharsets.ISO_8859_1);

  private final ServerSocket listener;
  private final int databasePort;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile boolean cut;
  private volatile boolean silent;
  private volatile Duration commitDelay = Duration.ZERO;

  private DatabaseLine(ServerSocket listener, int databasePort) {
    this.listener = listener;
    this.databasePort = databasePort;
  }

  /** A line that works. */
  static DatabaseLine to(int databasePort) throws IOException {
    DatabaseLine line =
        new DatabaseLine(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), databasePort);
    Thread.ofVirtual().name("database-line").start(line::accept);
    return line;
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Ends every connection, and each new one at once, as if the server were gone. */
  void cut() {
    cut = true;
    open.forEach(DatabaseLine::end);
  }

  /** Passes nothing on, and says nothing of it, as when a cable is pulled. */
  void fallSilent() {
    silent = true;
  }

  /** Works again. */
  void mend() {
    cut = false;
    silent = false;
  }

  /** From now on it takes so long until a master learns that a transaction is committed. */
  void delayCommits(Duration delay) {
    commitDelay = delay;
  }

  private void accept() {
    while (!listener.isClosed()) {
      Socket client = null;
      try {
        client = listener.accept();
        connect(client);
      } catch (IOException e) {
        // The database refuses, or this line is closed: the master sees a connection that ends.
        end(client);
      }
    }
  }

  private void connect(Socket client) throws IOException {
    if (cut) {
      end(client);
      return;
    }
    Socket server = new Socket(InetAddress.getLoopbackAddress(), databasePort);
    open.add(client);
    open.add(server);
    client.setTcpNoDelay(true);
    server.setTcpNoDelay(true);
    Thread.ofVirtual().start(() -> pass(client, server, false));
    Thread.ofVirtual().start(() -> pass(server, client, true));
    if (cut) {
      end(client);
      end(server);
    }
  }

  private void pass(Socket from, Socket to, boolean answers) {
    byte[] buffer = new byte[BUFFER_BYTES];
    try (from;
        to) {
      InputStream input = from.getInputStream();
      OutputStream output = to.getOutputStream();
      for (int length = input.read(buffer); length >= 0; length = input.read(buffer)) {
        if (answers && tellsOfCommit(buffer, length)) {
          Thread.sleep(commitDelay);
        }
        while (silent) {
          Thread.sleep(SILENCE_CHECK_MS);
        }
        output.write(buffer, 0, length);
      }
    } catch (IOException | InterruptedException e) {
      // One of the ends is gone; closing tells the other.
    } finally {
      open.remove(from);
      open.remove(to);
    }
  }

  private static boolean tellsOfCommit(byte[] buffer, int length) {
    String text = new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
    return text.contains(new String(COMMITTED, StandardCharsets.ISO_8859_1));
  }

  private static void end(@Nullable Socket socket) {
    if (socket != null) {
      try {
        socket.close();
      } catch (IOException e) {
        // It is over either way.
      }
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    cut();
  }
}
