package io.p2pmining.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

class LeaseTimeoutIT {

  private static final Duration LIMIT = Duration.ofMinutes(3);

  @RegisterExtension final Processes processes = new Processes();
  private Installation installation;

  @BeforeEach
  void install() throws IOException {
    installation = Installation.in(processes.directory().resolve("installation"));
  }

  @Test
  void givesTheUnitOfAWorkerThatHangsToAnother() throws Exception {
    try (MasterProcess master =
        MasterProcess.start(
            processes,
            installation,
            "--set=p2pmine.master.work.unit-duration=2s",
            "--set=p2pmine.master.work.lease-minimum=3s",
            "--set=p2pmine.master.work.lease-factor=1",
            // The connection stays: it is the lease that has to run out.
            "--set=p2pmine.master.idle-timeout=10m")) {
      RunningProgram hanging = master.startWorker("hanging");
      RunningProgram other = master.startWorker("other");
      await("both search").atMost(LIMIT).until(() -> searches(master, hanging, other));
      String hangingId = master.peer("hanging").get("id").asString();
      String otherId = master.peer("other").get("id").asString();

      hanging.signal("STOP");
      List<Long> held =
          master.unitsInHand(hangingId).stream().map(unit -> unit.get("id").asLong()).toList();
      assertThat(held).isNotEmpty();
      for (long unit : held) {
        await("unit " + unit + " is completed by the other worker")
            .atMost(LIMIT)
            .until(() -> isCompletedBy(otherId, master.api().json("/workunits/" + unit)));
        assertThat(master.api().json("/workunits/" + unit).get("attempts").asInt())
            .isGreaterThanOrEqualTo(2);
      }

      hanging.signal("CONT");
      int before = master.units(hangingId, "COMPLETED").size();
      await("the worker that hung completes units again")
          .atMost(LIMIT)
          .until(() -> master.units(hangingId, "COMPLETED").size() > before);
      master.assertNoShareRejected();
    }
  }

  private static boolean searches(MasterProcess master, RunningProgram... workers) {
    for (RunningProgram worker : workers) {
      boolean computes =
          master.api().all("/peers").stream()
              .filter(peer -> peer.get("name").asString().equals(worker.name()))
              .map(peer -> peer.get("id").asString())
              .anyMatch(id -> !master.units(id, "COMPUTING").isEmpty());
      if (!computes) {
        return false;
      }
    }
    return true;
  }

  private static boolean isCompletedBy(String peer, JsonNode unit) {
    return unit.get("state").asString().equals("COMPLETED")
        && unit.get("peerId").asString().equals(peer);
  }
}
