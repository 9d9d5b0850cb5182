package io.p2pmining.benchmarks.load;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.p2pmining.common.connection.Closure;
import io.p2pmining.common.connection.Connection;
import io.p2pmining.common.connection.ConnectionLimits;
import io.p2pmining.common.connection.MasterListener;
import io.p2pmining.common.connection.ProtocolPipeline;
import io.p2pmining.common.wire.v1.AssignedUnit;
import io.p2pmining.common.wire.v1.CancelledUnit;
import io.p2pmining.common.wire.v1.Capabilities;
import io.p2pmining.common.wire.v1.Hello;
import io.p2pmining.common.wire.v1.HelloReply;
import io.p2pmining.common.wire.v1.PeerList;
import io.p2pmining.common.wire.v1.WorkJob;
import io.p2pmining.common.wire.v1.WorkunitAck;
import io.p2pmining.common.wire.v1.WorkunitAssign;
import io.p2pmining.common.wire.v1.WorkunitCancel;
import io.p2pmining.common.wire.v1.WorkunitProgress;
import io.p2pmining.common.wire.v1.WorkunitRequest;
import io.p2pmining.common.wire.v1.WorkunitResult;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Says to workers and by REST what a master would; checks each share. */
final class PretendedMaster implements AutoCloseable {

  private static final int UNIT_NONCES = 3;
  private static final int DEPTH = 2;

  private final MultiThreadIoEventLoopGroup loop =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final HttpServer http;
  private final Channel acceptor;
  private final Set<Session> sessions = new HashSet<>();
  private final Map<String, WorkJob> jobs = new HashMap<>();
  private final Set<String> names = new HashSet<>();
  private final boolean rejectsShares;
  private @Nullable String current;
  private long numbers;
  private int rightShares;

  PretendedMaster(boolean rejectsShares) throws IOException {
    this.rejectsShares = rejectsShares;
    acceptor =
        new ServerBootstrap()
            .group(loop)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                ProtocolPipeline.forMaster(
                    ConnectionLimits.DEFAULT, Clock.systemUTC(), Session::new))
            .bind(InetAddress.getLoopbackAddress(), 0)
            .syncUninterruptibly()
            .channel();
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.createContext("/", this::answer);
    http.start();
  }

  String address() {
    return "127.0.0.1:" + ((InetSocketAddress) acceptor.localAddress()).getPort();
  }

  String api() {
    return "http://127.0.0.1:" + http.getAddress().getPort();
  }

  synchronized int rightShares() {
    return rightShares;
  }

  synchronized int workers() {
    return names.size();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String body =
        switch (exchange.getRequestMethod()) {
          case "POST" -> post(JsonMapper.shared().readTree(exchange.getRequestBody()));
          case "DELETE" -> cancel(path.substring(path.lastIndexOf('/') + 1));
          default ->
              """
              jvm_memory_used_bytes{area="heap",id="Eden Space"} 1048576.0
              jvm_memory_used_bytes{area="heap",id="Tenured Gen"} 2097152.0
              jvm_memory_used_bytes{area="nonheap",id="Metaspace"} 9.0E7
              """;
        };
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private synchronized String post(JsonNode fields) {
    String id = "job-" + ++numbers;
    jobs.put(
        id,
        WorkJob.newBuilder()
            .setJobId(id)
            .setAlgorithm(fields.path("algorithm").asString())
            .setBlob(ByteString.copyFrom(HexFormat.of().parseHex(fields.path("blob").asString())))
            .setNonceOffset(fields.path("nonceOffset").asInt())
            .build());
    current = id;
    sessions.forEach(Session::topUp);
    return "{\"id\":\"" + id + "\"}";
  }

  private synchronized String cancel(String id) {
    sessions.forEach(session -> session.cancel(id));
    return "{}";
  }

  private final class Session implements MasterListener {

    private final Map<Long, AssignedUnit> held = new HashMap<>();
    private final Sha256d hasher = new Sha256d();
    private @Nullable Connection connection;
    private boolean asked;

    @Override
    public void opened(Connection opened) {
      connection = opened;
    }

    @Override
    public void hello(Hello hello) {
      synchronized (PretendedMaster.this) {
        names.add(hello.getNodeId().toString() + hello.getName());
      }
      send(
          HelloReply.newBuilder()
              .setNodeId(
                  ByteString.copyFrom(new byte[] {1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}))
              .setName("pretended")
              .setSoftware("test/1")
              .setVersion(1)
              .setSessionId("s")
              .setHeartbeatIntervalMs(1000)
              .setIdleTimeoutMs(10_000)
              .setMaxDepth(DEPTH)
              .build());
    }

    @Override
    public void capabilities(Capabilities capabilities) {
      send(PeerList.getDefaultInstance());
    }

    @Override
    public void workunitRequest(WorkunitRequest request) {
      synchronized (PretendedMaster.this) {
        asked = true;
        sessions.add(this);
        topUp();
      }
    }

    void topUp() {
      WorkJob job = current == null ? null : jobs.get(current);
      while (asked && job != null && held.size() < DEPTH) {
        AssignedUnit unit =
            AssignedUnit.newBuilder()
                .setUnitId(++numbers)
                .setLease(++numbers)
                .setJob(job)
                .setNonceStart((int) (++numbers * UNIT_NONCES))
                .setNonceCount(UNIT_NONCES)
                .setShareTarget(ByteString.copyFrom(filled()))
                .setLeaseMs(60_000)
                .build();
        held.put(unit.getUnitId(), unit);
        send(WorkunitAssign.newBuilder().addUnits(unit).build());
      }
    }

    private byte[] filled() {
      byte[] target = new byte[32];
      Arrays.fill(target, (byte) 0xff);
      return target;
    }

    void cancel(String jobId) {
      WorkunitCancel.Builder cancel =
          WorkunitCancel.newBuilder().setReason(WorkunitCancel.Reason.REASON_JOB_ENDED);
      held.values().stream()
          .filter(unit -> unit.getJob().getJobId().equals(jobId))
          .forEach(
              unit ->
                  cancel.addUnits(
                      CancelledUnit.newBuilder()
                          .setUnitId(unit.getUnitId())
                          .setLease(unit.getLease())));
      if (cancel.getUnitsCount() > 0) {
        cancel.getUnitsList().forEach(unit -> held.remove(unit.getUnitId()));
        send(cancel.build());
      }
      topUp();
    }

    @Override
    public void workunitProgress(WorkunitProgress progress) {}

    @Override
    public void workunitResult(WorkunitResult result) {
      synchronized (PretendedMaster.this) {
        WorkunitAck.Builder ack = WorkunitAck.newBuilder().setResultId(result.getResultId());
        boolean right = !result.hasShare() || isRight(result);
        if (right && !(rejectsShares && result.hasShare())) {
          ack.setVerdict(WorkunitAck.Verdict.VERDICT_ACCEPTED);
        } else {
          ack.setVerdict(WorkunitAck.Verdict.VERDICT_REJECTED)
              .setRejection(WorkunitAck.Rejection.REJECTION_BAD_HASH);
        }
        send(ack.build());
        if (result.hasCompleted()) {
          held.remove(result.getUnitId());
          topUp();
        }
      }
    }

    private boolean isRight(WorkunitResult result) {
      WorkJob job = jobs.get(result.getJobId());
      if (job == null) {
        return false;
      }
      long nonce = Integer.toUnsignedLong(result.getShare().getNonce());
      byte[] hash = hasher.hash(job.getBlob().toByteArray(), job.getNonceOffset(), nonce);
      boolean right = Arrays.equals(hash, result.getShare().getHash().toByteArray());
      rightShares += right ? 1 : 0;
      return right;
    }

    private void send(com.google.protobuf.MessageLite message) {
      Connection open = connection;
      if (open != null) {
        open.send(message);
      }
    }

    @Override
    public void closed(Closure closure) {
      synchronized (PretendedMaster.this) {
        sessions.remove(this);
      }
    }
  }

  @Override
  public void close() {
    http.stop(0);
    acceptor.close().syncUninterruptibly();
    loop.shutdownGracefully().syncUninterruptibly();
  }
}
