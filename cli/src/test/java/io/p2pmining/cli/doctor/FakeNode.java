package io.p2pmining.cli.doctor;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Answers as monerod's JSON-RPC does, with a digest login if it is told to. */
final class FakeNode implements AutoCloseable {

  private final HttpServer server;
  private volatile String info =
      "\"nettype\":\"mainnet\",\"height\":100,\"target_height\":0,\"synchronized\":true";
  private volatile @Nullable String user;
  private volatile int status = 200;

  FakeNode() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/json_rpc",
        exchange -> {
          String question =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          String login = exchange.getRequestHeaders().getFirst("Authorization");
          String wanted = user;
          if (wanted != null
              && (login == null || !login.startsWith("Digest username=\"" + wanted + "\""))) {
            exchange
                .getResponseHeaders()
                .add(
                    "WWW-Authenticate",
                    "Digest qop=\"auth\",algorithm=MD5,realm=\"monero-rpc\",nonce=\"x==\"");
            exchange.sendResponseHeaders(401, -1);
          } else {
            String result =
                question.contains("get_info")
                    ? "{" + info + "}"
                    : "{\"block_header\":{\"timestamp\":1790000000}}";
            byte[] body = ("{\"result\":" + result + "}").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
          }
          exchange.close();
        });
    server.start();
  }

  /** The members of its answer to {@code get_info}. */
  void info(String members) {
    info = members;
  }

  void wantLoginOf(String name) {
    user = name;
  }

  void answerWith(int code) {
    status = code;
  }

  /** Its address with a login, {@code user:password@} or nothing. */
  String url(String login) {
    return "http://" + login + "127.0.0.1:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
