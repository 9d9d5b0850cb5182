package io.p2pmining.master.crash;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import io.p2pmining.common.node.NodeId;
import io.p2pmining.common.wire.v1.AssignedUnit;
import io.p2pmining.common.wire.v1.FoundShare;
import io.p2pmining.common.wire.v1.HeldUnit;
import io.p2pmining.common.wire.v1.UnitCompleted;
import io.p2pmining.common.wire.v1.WorkunitAck;
import io.p2pmining.common.wire.v1.WorkunitAssign;
import io.p2pmining.common.wire.v1.WorkunitCancel;
import io.p2pmining.common.wire.v1.WorkunitRequest;
import io.p2pmining.common.wire.v1.WorkunitResult;
import io.p2pmining.core.pow.Hasher;
import io.p2pmining.core.pow.Target;
import io.p2pmining.master.session.ScriptedWorker;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An honest worker on a real socket: searches, reports, keeps results until they are acknowledged,
 * and comes back with them. At times it crashes itself. One thread.
 */
final class CrashWorker implements Runnable {

  private static final int NONCES_PER_TURN = 20;
  private static final Duration TURN = Duration.ofMillis(10);

  private final NodeId id;
  private final Hasher hasher;
  private final Ledger ledger;
  private final Supplier<@Nullable InetSocketAddress> master;
  private final Map<Long, WorkunitResult> unacknowledged = new LinkedHashMap<>();
  private final Deque<Task> tasks = new ArrayDeque<>();
  private final AtomicLong acknowledgements = new AtomicLong();
  private volatile boolean stopping;
  private volatile boolean crashing;
  private long lastResult;

  /** What the workers know for certain; one for all of them. */
  interface Ledger {

    void assigned(AssignedUnit unit);

    void acknowledged(WorkunitResult result, WorkunitAck ack);
  }

  /**
   * @param master where it is now; null while nobody knows
   */
  CrashWorker(
      NodeId id, Hasher hasher, Ledger ledger, Supplier<@Nullable InetSocketAddress> master) {
    this.id = id;
    this.hasher = hasher;
    this.ledger = ledger;
    this.master = master;
  }

  long acknowledgements() {
    return acknowledgements.get();
  }

  /** Forgets everything, as a killed process does. */
  void crash() {
    crashing = true;
  }

  void stop() {
    stopping = true;
  }

  /** Whether every result was acknowledged; asked when it has stopped. */
  Map<Long, WorkunitResult> unacknowledged() {
    return unacknowledged;
  }

  @Override
  public void run() {
    while (!stopping || !unacknowledged.isEmpty()) {
      InetSocketAddress address = master.get();
      try {
        if (address == null) {
          Thread.sleep(TURN);
        } else {
          converse(address);
        }
      } catch (InterruptedException e) {
        return;
      } catch (Exception | AssertionError e) {
        pause();
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(TURN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void converse(InetSocketAddress address) throws Exception {
    try (ScriptedWorker connection = ScriptedWorker.join(address, id)) {
      for (WorkunitResult result : unacknowledged.values()) {
        connection.send(result);
      }
      WorkunitRequest.Builder request = WorkunitRequest.newBuilder().setDepth(2);
      tasks.forEach(
          task ->
              request.addHeld(
                  HeldUnit.newBuilder()
                      .setUnitId(task.unit.getUnitId())
                      .setLease(task.unit.getLease())));
      connection.send(request.build());
      while (connection.isOpen() && (!stopping || !unacknowledged.isEmpty())) {
        if (crashing) {
          forget();
          return;
        }
        for (var message = connection.poll(TURN);
            message.isPresent();
            message = connection.poll(Duration.ZERO)) {
          hear(message.get());
        }
        if (!stopping) {
          search(connection);
        }
      }
    }
  }

  private void forget() {
    crashing = false;
    tasks.clear();
    unacknowledged.clear();
    lastResult += 1_000_000;
  }

  private void hear(MessageLite message) {
    switch (message) {
      case WorkunitAssign assign -> {
        for (AssignedUnit unit : assign.getUnitsList()) {
          ledger.assigned(unit);
          tasks.add(new Task(unit));
        }
      }
      case WorkunitCancel cancel ->
          cancel
              .getUnitsList()
              .forEach(unit -> tasks.removeIf(task -> task.unit.getLease() == unit.getLease()));
      case WorkunitAck ack -> {
        WorkunitResult result = unacknowledged.remove(ack.getResultId());
        if (result != null) {
          ledger.acknowledged(result, ack);
          acknowledgements.incrementAndGet();
        }
      }
      default -> {}
    }
  }

  private void search(ScriptedWorker connection) throws Exception {
    byte[] hash = new byte[Hasher.HASH_LENGTH];
    for (int i = 0; i < NONCES_PER_TURN && !tasks.isEmpty(); i++) {
      Task task = tasks.getFirst();
      AssignedUnit unit = task.unit;
      long nonce = Integer.toUnsignedLong(unit.getNonceStart()) + task.searched;
      byte[] input = unit.getJob().getBlob().toByteArray();
      for (int b = 0; b < 4; b++) {
        input[unit.getJob().getNonceOffset() + b] = (byte) (nonce >>> (8 * b));
      }
      hasher.hash(input, input.length, hash);
      task.searched++;
      if (Target.ofLittleEndian(unit.getShareTarget().toByteArray()).isMetBy(hash)) {
        report(
            connection,
            result(unit)
                .setShare(
                    FoundShare.newBuilder()
                        .setNonce((int) nonce)
                        .setHash(ByteString.copyFrom(hash))));
      }
      if (task.searched == unit.getNonceCount()) {
        tasks.removeFirst();
        report(
            connection,
            result(unit).setCompleted(UnitCompleted.newBuilder().setSearched(task.searched)));
      }
    }
  }

  private WorkunitResult.Builder result(AssignedUnit unit) {
    return WorkunitResult.newBuilder()
        .setResultId(++lastResult)
        .setUnitId(unit.getUnitId())
        .setLease(unit.getLease())
        .setJobId(unit.getJob().getJobId());
  }

  private void report(ScriptedWorker connection, WorkunitResult.Builder builder) throws Exception {
    WorkunitResult result = builder.build();
    unacknowledged.put(result.getResultId(), result);
    connection.send(result);
  }

  private static final class Task {

    private final AssignedUnit unit;
    private long searched;

    Task(AssignedUnit unit) {
      this.unit = unit;
    }
  }
}
