package io.p2pmining.common.connection;

import static io.p2pmining.common.connection.FieldRules.bytes;
import static io.p2pmining.common.connection.FieldRules.count;
import static io.p2pmining.common.connection.FieldRules.id;
import static io.p2pmining.common.connection.FieldRules.known;
import static io.p2pmining.common.connection.FieldRules.malformed;
import static io.p2pmining.common.connection.FieldRules.name;
import static io.p2pmining.common.connection.FieldRules.nonZeroBytes;
import static io.p2pmining.common.connection.FieldRules.range;
import static io.p2pmining.common.connection.FieldRules.rate;
import static io.p2pmining.common.connection.FieldRules.specified;
import static io.p2pmining.common.connection.FieldRules.text;
import static io.p2pmining.common.connection.FieldRules.trace;

import com.google.protobuf.MessageLite;
import io.p2pmining.common.frame.ProtocolException;
import io.p2pmining.common.frame.VersionRange;
import io.p2pmining.common.wire.v1.AlgorithmSupport;
import io.p2pmining.common.wire.v1.AssignedUnit;
import io.p2pmining.common.wire.v1.CancelledUnit;
import io.p2pmining.common.wire.v1.Capabilities;
import io.p2pmining.common.wire.v1.Error;
import io.p2pmining.common.wire.v1.Goodbye;
import io.p2pmining.common.wire.v1.Heartbeat;
import io.p2pmining.common.wire.v1.HeldUnit;
import io.p2pmining.common.wire.v1.Hello;
import io.p2pmining.common.wire.v1.HelloReply;
import io.p2pmining.common.wire.v1.NoWork;
import io.p2pmining.common.wire.v1.PeerAddress;
import io.p2pmining.common.wire.v1.PeerList;
import io.p2pmining.common.wire.v1.WorkJob;
import io.p2pmining.common.wire.v1.WorkunitAck;
import io.p2pmining.common.wire.v1.WorkunitAssign;
import io.p2pmining.common.wire.v1.WorkunitCancel;
import io.p2pmining.common.wire.v1.WorkunitProgress;
import io.p2pmining.common.wire.v1.WorkunitRequest;
import io.p2pmining.common.wire.v1.WorkunitResult;
import io.p2pmining.common.work.NonceRange;

/**
 * What the fields of each message may hold, judged alone, without knowledge of other messages. Both
 * sides check what they receive (a fault of the peer) and what they send (a bug of their own).
 * Fields that this version does not know are let through.
 */
public final class MessageRules {

  public static final int NODE_ID_BYTES = 16;

  /** Targets and hashes are 256 bits. */
  public static final int HASH_BYTES = 32;

  /** Ten times the largest blob of Monero. */
  public static final int MAX_BLOB_BYTES = 4096;

  public static final int NONCE_BYTES = 4;

  /** RandomX takes 60 at most; an algorithm refuses what is too long for it alone. */
  public static final int MAX_SEED_BYTES = 64;

  /** The most units that one worker holds: the one being searched and prefetched ones. */
  public static final int MAX_DEPTH = 16;

  /** Four times what a worker holds. */
  public static final int MAX_CANCELLED = 64;

  /** What a worker searches or has in hand, results on their way included. */
  public static final int MAX_HELD = 64;

  public static final int MAX_ALGORITHMS = 32;

  public static final int MAX_PEERS = 128;

  /** Names of nodes, programs, jobs, sessions. */
  public static final int MAX_NAME_BYTES = 64;

  /** Names of algorithms, engines and architectures. */
  public static final int MAX_KEYWORD_BYTES = 32;

  /** Names that hardware and operating systems give themselves; reasons why something failed. */
  public static final int MAX_DESCRIPTION_BYTES = 256;

  /** GOODBYE reasons and ERROR messages. */
  public static final int MAX_SENTENCE_BYTES = Text.SENTENCE_BYTES;

  public static final int MAX_PORT = 65_535;

  public static final int MAX_CORES = 65_535;

  public static final long MIN_HEARTBEAT_MS = 50;

  public static final long MAX_HEARTBEAT_MS = 600_000;

  public static final long MAX_IDLE_TIMEOUT_MS = 3_600_000;

  public static final long MAX_LEASE_MS = 86_400_000;

  private static final int MAX_VERSION = 65_535;

  private MessageRules() {}

  /**
   * Judges every field of a message.
   *
   * @throws ProtocolException MALFORMED naming the first field that is wrong, or
   *     UNSUPPORTED_VERSION if the sides have no version of the protocol in common
   */
  public static void check(MessageLite message) throws ProtocolException {
    switch (message) {
      case Hello hello -> checkHello(hello);
      case HelloReply reply -> checkHelloReply(reply);
      case Capabilities capabilities -> checkCapabilities(capabilities);
      case PeerList list -> checkPeerList(list);
      case WorkunitRequest request -> checkRequest(request);
      case WorkunitAssign assign -> checkAssign(assign);
      case WorkunitProgress progress -> checkProgress(progress);
      case WorkunitResult result -> checkResult(result);
      case WorkunitAck ack -> checkAck(ack);
      case WorkunitCancel cancel -> checkCancel(cancel);
      case Heartbeat heartbeat -> checkHeartbeat(heartbeat);
      case Goodbye goodbye -> text("reason", goodbye.getReason(), MAX_SENTENCE_BYTES);
      // An unknown code is let through: the connection ends either way.
      case Error error -> text("message", error.getMessage(), MAX_SENTENCE_BYTES);
      default -> throw new IllegalArgumentException("no rules for " + message.getClass().getName());
    }
  }

  private static void checkHello(Hello hello) throws ProtocolException {
    range("version_min", hello.getVersionMin(), 1, MAX_VERSION);
    range("version_max", hello.getVersionMax(), hello.getVersionMin(), MAX_VERSION);
    // First of all that could be wrong: a newer peer must learn that it is newer.
    VersionRange.SUPPORTED.newestInCommonWith(
        new VersionRange(hello.getVersionMin(), hello.getVersionMax()));
    nonZeroBytes("node_id", hello.getNodeId(), NODE_ID_BYTES);
    text("name", hello.getName(), MAX_NAME_BYTES);
    text("software", hello.getSoftware(), MAX_NAME_BYTES);
    range("http_port", hello.getHttpPort(), 0, MAX_PORT);
  }

  private static void checkHelloReply(HelloReply reply) throws ProtocolException {
    range("version", reply.getVersion(), 1, MAX_VERSION);
    if (!VersionRange.SUPPORTED.contains(reply.getVersion())) {
      throw ProtocolException.of(
          Error.Code.CODE_UNSUPPORTED_VERSION,
          "chosen=" + reply.getVersion() + ", offered=" + VersionRange.SUPPORTED);
    }
    nonZeroBytes("node_id", reply.getNodeId(), NODE_ID_BYTES);
    text("name", reply.getName(), MAX_NAME_BYTES);
    text("software", reply.getSoftware(), MAX_NAME_BYTES);
    name("session_id", reply.getSessionId(), MAX_NAME_BYTES);
    int heartbeatMs = reply.getHeartbeatIntervalMs();
    range("heartbeat_interval_ms", heartbeatMs, MIN_HEARTBEAT_MS, MAX_HEARTBEAT_MS);
    range("idle_timeout_ms", reply.getIdleTimeoutMs(), 2L * heartbeatMs, MAX_IDLE_TIMEOUT_MS);
    range("max_depth", reply.getMaxDepth(), 1, MAX_DEPTH);
  }

  private static void checkCapabilities(Capabilities capabilities) throws ProtocolException {
    range("cores", capabilities.getCores(), 1, MAX_CORES);
    range("mining_threads", capabilities.getMiningThreads(), 0, MAX_CORES);
    range("memory_total_bytes", capabilities.getMemoryTotalBytes(), 0, Long.MAX_VALUE);
    range("memory_available_bytes", capabilities.getMemoryAvailableBytes(), 0, Long.MAX_VALUE);
    text("cpu_model", capabilities.getCpuModel(), MAX_DESCRIPTION_BYTES);
    text("architecture", capabilities.getArchitecture(), MAX_KEYWORD_BYTES);
    text("operating_system", capabilities.getOperatingSystem(), MAX_DESCRIPTION_BYTES);
    range("l2_cache_bytes", capabilities.getL2CacheBytes(), 0, Long.MAX_VALUE);
    range("l3_cache_bytes", capabilities.getL3CacheBytes(), 0, Long.MAX_VALUE);
    range("huge_pages_free", capabilities.getHugePagesFree(), 0, Long.MAX_VALUE);
    range("huge_page_size_bytes", capabilities.getHugePageSizeBytes(), 0, Long.MAX_VALUE);
    count("algorithms", capabilities.getAlgorithmsCount(), 0, MAX_ALGORITHMS);
    for (AlgorithmSupport support : capabilities.getAlgorithmsList()) {
      name("algorithms.algorithm", support.getAlgorithm(), MAX_KEYWORD_BYTES);
      specified("algorithms.mode", support.getMode());
      text("algorithms.engine", support.getEngine(), MAX_KEYWORD_BYTES);
      rate("algorithms.measured_hashes_per_second", support.getMeasuredHashesPerSecond());
    }
  }

  private static void checkPeerList(PeerList list) throws ProtocolException {
    count("peers", list.getPeersCount(), 0, MAX_PEERS);
    for (PeerAddress peer : list.getPeersList()) {
      specified("peers.role", peer.getRole());
      nonZeroBytes("peers.node_id", peer.getNodeId(), NODE_ID_BYTES);
      name("peers.host", peer.getHost(), HostName.MAX_BYTES);
      if (!HostName.isValid(peer.getHost())) {
        throw malformed("peers.host", "is neither an address nor a host name");
      }
      range("peers.port", peer.getPort(), 1, MAX_PORT);
    }
  }

  private static void checkRequest(WorkunitRequest request) throws ProtocolException {
    range("depth", request.getDepth(), 0, MAX_DEPTH);
    count("held", request.getHeldCount(), 0, MAX_HELD);
    for (HeldUnit unit : request.getHeldList()) {
      id("held.unit_id", unit.getUnitId());
      id("held.lease", unit.getLease());
    }
  }

  private static void checkAssign(WorkunitAssign assign) throws ProtocolException {
    if (assign.hasNoWork()) {
      checkNoWork(assign.getNoWork());
    }
    count("units", assign.getUnitsCount(), assign.hasNoWork() ? 0 : 1, MAX_DEPTH);
    if (assign.hasNoWork() && assign.getUnitsCount() > 0) {
      throw malformed("no_work", "came together with units");
    }
    for (AssignedUnit unit : assign.getUnitsList()) {
      checkUnit(unit);
    }
  }

  private static void checkNoWork(NoWork noWork) throws ProtocolException {
    specified("no_work.reason", noWork.getReason());
    text("no_work.detail", noWork.getDetail(), MAX_DESCRIPTION_BYTES);
  }

  private static void checkUnit(AssignedUnit unit) throws ProtocolException {
    id("units.unit_id", unit.getUnitId());
    id("units.lease", unit.getLease());
    long start = Integer.toUnsignedLong(unit.getNonceStart());
    range("units.nonce_count", unit.getNonceCount(), 1, NonceRange.LIMIT - start);
    nonZeroBytes("units.share_target", unit.getShareTarget(), HASH_BYTES);
    range("units.lease_ms", unit.getLeaseMs(), 1, MAX_LEASE_MS);
    trace("units.traceparent", unit.getTraceparent());
    if (!unit.hasJob()) {
      throw malformed("units.job", "is missing");
    }
    checkJob(unit.getJob());
  }

  private static void checkJob(WorkJob job) throws ProtocolException {
    name("units.job.job_id", job.getJobId(), MAX_NAME_BYTES);
    name("units.job.algorithm", job.getAlgorithm(), MAX_KEYWORD_BYTES);
    int blobLength = job.getBlob().size();
    bytes("units.job.blob", job.getBlob(), NONCE_BYTES, MAX_BLOB_BYTES);
    bytes("units.job.seed_hash", job.getSeedHash(), 0, MAX_SEED_BYTES);
    range("units.job.nonce_offset", job.getNonceOffset(), 0, blobLength - NONCE_BYTES);
    range("units.job.height", job.getHeight(), 0, Long.MAX_VALUE);
    bytes("units.job.next_seed_hash", job.getNextSeedHash(), 0, MAX_SEED_BYTES);
  }

  private static void checkProgress(WorkunitProgress progress) throws ProtocolException {
    id("unit_id", progress.getUnitId());
    id("lease", progress.getLease());
    range("searched", progress.getSearched(), 0, NonceRange.LIMIT);
    rate("hashes_per_second", progress.getHashesPerSecond());
  }

  private static void checkResult(WorkunitResult result) throws ProtocolException {
    id("result_id", result.getResultId());
    id("unit_id", result.getUnitId());
    id("lease", result.getLease());
    name("job_id", result.getJobId(), MAX_NAME_BYTES);
    switch (result.getOutcomeCase()) {
      case SHARE -> bytes("share.hash", result.getShare().getHash(), HASH_BYTES, HASH_BYTES);
      case COMPLETED -> {
        range("completed.searched", result.getCompleted().getSearched(), 0, NonceRange.LIMIT);
        range("completed.elapsed_ms", result.getCompleted().getElapsedMs(), 0, Long.MAX_VALUE);
      }
      case FAILED -> {
        range("failed.searched", result.getFailed().getSearched(), 0, NonceRange.LIMIT);
        text("failed.reason", result.getFailed().getReason(), MAX_DESCRIPTION_BYTES);
      }
      case OUTCOME_NOT_SET -> throw malformed("outcome", "is missing");
    }
  }

  private static void checkAck(WorkunitAck ack) throws ProtocolException {
    id("result_id", ack.getResultId());
    specified("verdict", ack.getVerdict());
    if (ack.getVerdict() == WorkunitAck.Verdict.VERDICT_REJECTED) {
      specified("rejection", ack.getRejection());
    } else if (ack.getRejection() != WorkunitAck.Rejection.REJECTION_UNSPECIFIED) {
      throw malformed("rejection", "came with a verdict that is none");
    }
  }

  private static void checkCancel(WorkunitCancel cancel) throws ProtocolException {
    specified("reason", cancel.getReason());
    count("units", cancel.getUnitsCount(), 1, MAX_CANCELLED);
    for (CancelledUnit unit : cancel.getUnitsList()) {
      id("units.unit_id", unit.getUnitId());
      id("units.lease", unit.getLease());
    }
  }

  private static void checkHeartbeat(Heartbeat heartbeat) throws ProtocolException {
    rate("hashes_per_second", heartbeat.getHashesPerSecond());
    range("hashes_total", heartbeat.getHashesTotal(), 0, Long.MAX_VALUE);
    range("memory_available_bytes", heartbeat.getMemoryAvailableBytes(), 0, Long.MAX_VALUE);
    text("algorithm", heartbeat.getAlgorithm(), MAX_KEYWORD_BYTES);
    known("mode", heartbeat.getMode());
    known("state", heartbeat.getState());
  }
}
