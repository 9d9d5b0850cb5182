package io.p2pmining.worker.master;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoopGroup;
import io.p2pmining.common.node.Backoff;
import io.p2pmining.common.node.KnownPeers;
import io.p2pmining.worker.machine.CapabilityReport;
import io.p2pmining.worker.node.DataDirectory;
import io.p2pmining.worker.node.HttpEndpoint;
import io.p2pmining.worker.node.NodeIdentity;
import io.p2pmining.worker.node.RuntimeFile;
import io.p2pmining.worker.node.WorkerSettings;
import io.p2pmining.worker.work.ActivityReport;
import io.p2pmining.worker.work.WorkDesk;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Sets up the connection to the master. */
@Configuration(proxyBeanMethods = false)
class MasterConfiguration {

  @Bean
  ConnectionLog connectionLog(WorkerSettings settings, InstantSource clock) {
    return new ConnectionLog(settings.master(), clock);
  }

  @Bean(destroyMethod = "shutdownNow")
  ScheduledExecutorService timer() {
    return Executors.newSingleThreadScheduledExecutor(
        Thread.ofPlatform().daemon().name("timer").factory());
  }

  @Bean
  AgentLifecycle agentLifecycle(
      WorkerSettings settings,
      NodeIdentity identity,
      DataDirectory directory,
      HttpEndpoint http,
      CapabilityReport capabilities,
      WorkDesk desk,
      ActivityReport activity,
      ConnectionLog events,
      EventLoopGroup loops,
      ByteBufAllocator allocator,
      ScheduledExecutorService timer,
      InstantSource clock) {
    PeerMemory peers =
        new PeerMemory(KnownPeers.load(directory.path(), clock), identity.id(), timer);
    SessionContext context =
        new SessionContext(
            new Introduction(identity, http.portFor(settings.master()), capabilities),
            desk,
            activity,
            peers,
            events);
    MasterClient client =
        new MasterClient(
            settings.master(), context, loops, allocator, new Backoff(new Random(), clock), clock);
    return new AgentLifecycle(desk, client, timer, new RuntimeFile(directory), identity, http);
  }
}
