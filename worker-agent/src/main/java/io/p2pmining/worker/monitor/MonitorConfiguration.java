package io.p2pmining.worker.monitor;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoopGroup;
import io.p2pmining.worker.machine.AlgorithmCatalog;
import io.p2pmining.worker.machine.MachineReadings;
import io.p2pmining.worker.master.ConnectionLog;
import io.p2pmining.worker.node.HttpEndpoint;
import io.p2pmining.worker.node.WorkerSettings;
import io.p2pmining.worker.work.WorkDesk;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Sets up health and metrics. The names of the health beans are those of the components. */
@Configuration(proxyBeanMethods = false)
class MonitorConfiguration {

  @Bean
  HealthIndicator minerHealthIndicator(WorkDesk desk, AlgorithmCatalog catalog) {
    return new MinerHealth(desk, catalog);
  }

  @Bean
  HealthIndicator masterHealthIndicator(ConnectionLog connection) {
    return new MasterHealth(connection);
  }

  @Bean
  MiningMetrics miningMetrics(WorkDesk desk, ConnectionLog connection) {
    return new MiningMetrics(desk, connection);
  }

  @Bean
  EngineMetrics engineMetrics(WorkDesk desk, AlgorithmCatalog catalog) {
    return new EngineMetrics(desk, catalog);
  }

  @Bean
  MachineMetrics machineMetrics() {
    return new MachineMetrics(new MachineReadings());
  }

  @Bean
  MonitorServer monitorServer(
      HealthEndpoint health,
      PrometheusMeterRegistry metrics,
      WorkerSettings settings,
      EventLoopGroup loops,
      ByteBufAllocator allocator) {
    return MonitorServer.start(
        new MonitorPages(health, metrics), settings.http(), loops, allocator);
  }

  @Bean
  HttpEndpoint httpEndpoint(MonitorServer server, WorkerSettings settings) {
    return new HttpEndpoint(settings.http().address(), server.port());
  }
}
