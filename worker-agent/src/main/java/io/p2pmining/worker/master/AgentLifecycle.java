package io.p2pmining.worker.master;

import io.p2pmining.worker.node.HttpEndpoint;
import io.p2pmining.worker.node.NodeIdentity;
import io.p2pmining.worker.node.RuntimeFile;
import io.p2pmining.worker.work.WorkDesk;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * When everything is set up, connects; when the worker is told to end, first stops hashing, then
 * sends what was found last and says goodbye. Called by Spring, on one thread at a time.
 */
final class AgentLifecycle implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(AgentLifecycle.class);
  private static final int TICK_SECONDS = 1;

  private final WorkDesk desk;
  private final MasterClient client;
  private final ScheduledExecutorService timer;
  private final RuntimeFile runtimeFile;
  private final NodeIdentity identity;
  private final HttpEndpoint http;

  private volatile boolean running;

  AgentLifecycle(
      WorkDesk desk,
      MasterClient client,
      ScheduledExecutorService timer,
      RuntimeFile runtimeFile,
      NodeIdentity identity,
      HttpEndpoint http) {
    this.desk = desk;
    this.client = client;
    this.timer = timer;
    this.runtimeFile = runtimeFile;
    this.identity = identity;
    this.http = http;
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // a tick catches what it throws
  public void start() {
    running = true;
    runtimeFile.write(identity, http.address(), http.port());
    LOG.info(
        "Worker {} ({}), {} hashing threads, health on http://{}:{}/actuator/health",
        identity.name(),
        identity.id(),
        desk.hashingThreads(),
        http.address(),
        http.port());
    timer.scheduleAtFixedRate(this::tick, TICK_SECONDS, TICK_SECONDS, TimeUnit.SECONDS);
    client.start();
  }

  private void tick() {
    try {
      desk.tick();
    } catch (RuntimeException e) {
      LOG.error("Bug in the worker's timer; it goes on", e);
    }
  }

  @Override
  public void stop() {
    running = false;
    timer.shutdownNow();
    desk.close();
    client.close();
    runtimeFile.delete();
    LOG.info("Worker {} has stopped", identity.name());
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
