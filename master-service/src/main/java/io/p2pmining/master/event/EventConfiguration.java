package io.p2pmining.master.event;

import io.p2pmining.master.peer.PeerRegistry;
import io.p2pmining.master.peer.PeerStandings;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the log and what fills it. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(EventSettings.class)
class EventConfiguration {

  /** Ids begin at the time of day in microseconds: above those of any earlier process. */
  @Bean
  EventLog eventLog(EventSettings settings, Clock clock) {
    return new EventLog(clock, settings.history(), clock.millis() * 1000);
  }

  @Bean
  EventFeed eventFeed(EventLog log, PeerRegistry registry, PeerStandings standings) {
    EventFeed feed = new EventFeed(log);
    registry.listen(feed);
    standings.listen(feed);
    return feed;
  }

  /** Ends the streams of events before the web server waits for requests that are under way. */
  @Bean
  SmartLifecycle eventLogCloser(EventLog log) {
    return new SmartLifecycle() {
      private volatile boolean running;

      @Override
      public void start() {
        running = true;
      }

      @Override
      public void stop() {
        log.close();
        running = false;
      }

      @Override
      public boolean isRunning() {
        return running;
      }
    };
  }
}
