package io.p2pmining.cli.up;

import com.sun.net.httpserver.HttpServer;
import io.p2pmining.common.process.ParentWatch;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Behaves towards {@code up} as a master does. */
final class FakeMaster {

  private static final String CLUSTER =
      """
      {"hashesPerSecond":{"now":41.5,"oneMinute":40.0,"fifteenMinutes":12.5},
       "peers":{"connected":2},"shares":{"accepted":7,"rejected":1},"blocks":{"accepted":3},
       "sources":[{"name":"benchmark","detail":"a fake job"}]}""";

  private FakeMaster() {}

  public static void main(String[] args) throws IOException {
    ParentWatch.startIfAsked();
    FakeArguments arguments = new FakeArguments(args);
    if (arguments.has("fake.refusal")) {
      System.err.println("The master cannot start: " + arguments.get("fake.refusal"));
      System.exit(1);
    }
    int port = Integer.parseInt(arguments.get("server.port"));
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext(
        "/cluster",
        exchange -> {
          byte[] body = CLUSTER.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    writeRuntimeFile(arguments, port);
  }

  private static void writeRuntimeFile(FakeArguments arguments, int port) throws IOException {
    Path file = Path.of(arguments.get("p2pmine.data-dir"), "master.json");
    Path unfinished = file.resolveSibling("master.json.tmp");
    Files.writeString(
        unfinished,
        """
        {"pid":%d,"httpAddress":"127.0.0.1","httpPort":%d,"p2pAddress":"127.0.0.1","p2pPort":%s}"""
            .formatted(
                ProcessHandle.current().pid(), port, arguments.get("p2pmine.master.p2p-port")));
    Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
