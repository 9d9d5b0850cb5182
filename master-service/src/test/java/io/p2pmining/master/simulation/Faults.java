package io.p2pmining.master.simulation;

import io.p2pmining.master.job.JobListener.Replacement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** What goes wrong, and when: new jobs at odd times, crashes, hangs, lost connections, overload. */
final class Faults {

  private static final int MAX_RETURN_MS = 40_000;

  private final Simulation simulation;
  private final Random random;
  private final double faultiness;
  private final Map<SimulatedWorker, Instant> reconnectAt = new HashMap<>();
  private final Map<SimulatedWorker, Instant> hungUntil = new HashMap<>();
  private final List<Due> noticed = new ArrayList<>();
  private boolean verifierStalled;
  private boolean ended;

  /**
   * Trouble of some intensity.
   *
   * @param faultiness 0 for new jobs only, 1 for the usual rates
   */
  Faults(Simulation simulation, Random random, double faultiness) {
    this.simulation = simulation;
    this.random = random;
    this.faultiness = faultiness;
  }

  boolean isHung(SimulatedWorker worker) {
    Instant until = hungUntil.get(worker);
    return until != null && until.isAfter(now());
  }

  boolean isVerifierStalled() {
    return verifierStalled;
  }

  /** Perhaps something happens. */
  void strike() {
    if (fault(150)) {
      simulation.observer().note("store down: " + simulation.turnStore());
    } else if (fault(100)) {
      simulation.loseStoreAnswer();
    }
    if (fault(120)) {
      crashMaster();
    }
    if (!simulation.isUp()) {
      return;
    }
    for (SimulatedSource source : simulation.sources()) {
      strike(source);
    }
    for (SimulatedWorker worker : simulation.workers()) {
      strike(worker);
    }
    if (fault(100)) {
      verifierStalled = !verifierStalled;
      simulation.observer().note("verifier stalled: " + verifierStalled);
    }
    notice(false);
  }

  /** Whatever the master has not made durable is lost, and whatever is on its way to it. */
  private void crashMaster() {
    if (!simulation.isUp()) {
      return;
    }
    Instant backAt = now().plusSeconds(1 + random.nextInt(8));
    noticed.clear();
    verifierStalled = false;
    for (SimulatedWorker worker : simulation.workers()) {
      Connection connection = worker.connection();
      if (connection != null) {
        connection.masterDied();
        worker.loses();
      }
      reconnectAt.put(worker, backAt.plusMillis(random.nextInt(MAX_RETURN_MS)));
    }
    simulation.crash(backAt);
  }

  /** Everything recovers. */
  void end() {
    if (ended) {
      return;
    }
    ended = true;
    simulation.recover();
    verifierStalled = false;
    simulation.masterTurn();
    hungUntil.clear();
    notice(true);
    for (SimulatedWorker worker : simulation.workers()) {
      Connection connection = worker.connection();
      if (connection != null && connection.isBusy()) {
        cut(worker, connection, 0);
        notice(true);
      }
      if (worker.connection() == null) {
        simulation.connect(worker);
      }
    }
  }

  /** Keeps workers connected whom the master sends away for a while. */
  private void strike(SimulatedWorker worker) {
    Connection connection = worker.connection();
    if (connection == null) {
      Instant at = reconnectAt.getOrDefault(worker, Instant.MIN);
      if (!at.isAfter(now())) {
        simulation.connect(worker);
      }
      return;
    }
    if (connection.isBusy()) {
      cut(worker, connection, 0);
    } else if (fault(80)) {
      simulation.observer().note(worker.name() + ": connection cut");
      cut(worker, connection, random.nextInt(15));
    } else if (fault(150)) {
      simulation.observer().disturbed(worker, "crashed");
      connection.cut();
      worker.crashes();
      goneBy(worker, connection, random.nextInt(15), true);
    } else if (fault(200)) {
      connection.cut();
      worker.crashes();
      goneBy(worker, connection, 0, false);
    } else if (fault(150)) {
      hang(worker, 5 + random.nextInt(200));
    } else if (fault(150)) {
      worker.failsUnit();
    } else if (fault(50)) {
      worker.repeats();
    }
  }

  private void strike(SimulatedSource source) {
    if (source.current() == null) {
      if (random.nextInt(15) == 0) {
        simulation.newJob(source, Replacement.values()[random.nextInt(2)]);
      }
    } else if (random.nextInt(60) == 0) {
      simulation.newJob(source, Replacement.NEW_TIP);
    } else if (random.nextInt(40) == 0) {
      simulation.newJob(source, Replacement.REFRESH);
    } else if (fault(200)) {
      simulation.withdraw(source);
    }
  }

  private void hang(SimulatedWorker worker, int seconds) {
    hungUntil.put(worker, now().plusSeconds(seconds));
    simulation.observer().note(worker.name() + ": hangs for " + seconds + " s");
  }

  private void cut(SimulatedWorker worker, Connection connection, int noticedAfterSeconds) {
    connection.cut();
    worker.loses();
    goneBy(worker, connection, noticedAfterSeconds, true);
  }

  private void goneBy(
      SimulatedWorker worker, Connection connection, int noticedAfterSeconds, boolean returning) {
    noticed.add(new Due(now().plusSeconds(noticedAfterSeconds), worker, connection, returning));
    reconnectAt.put(worker, now().plusSeconds(1 + random.nextInt(25)));
  }

  private void notice(boolean all) {
    Iterator<Due> due = noticed.iterator();
    List<Due> now = new ArrayList<>();
    while (due.hasNext()) {
      Due next = due.next();
      if (all || !next.at().isAfter(now())) {
        due.remove();
        now.add(next);
      }
    }
    now.forEach(d -> simulation.closed(d.worker(), d.connection(), d.returning()));
  }

  private boolean fault(int onceInSeconds) {
    return faultiness > 0 && random.nextInt(onceInSeconds) < faultiness;
  }

  private Instant now() {
    return simulation.clock().instant();
  }

  private record Due(
      Instant at, SimulatedWorker worker, Connection connection, boolean returning) {}
}
