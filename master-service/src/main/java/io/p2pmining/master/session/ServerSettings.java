package io.p2pmining.master.session;

import io.p2pmining.common.settings.Live;
import io.p2pmining.common.settings.NeedsRestart;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How workers reach this master.
 *
 * @param bindAddress the address of this machine on which it listens for workers: this machine only
 *     by default, because connections are neither authenticated nor encrypted yet; 0.0.0.0 opens it
 *     to the network
 * @param p2pPort the TCP port for workers; 0 takes any free one
 * @param maxConnections more connections than this are refused
 * @param handshakeTimeout how long a new connection may take to introduce itself
 * @param heartbeatInterval how often both sides show that they are alive
 * @param idleTimeout after how much silence a worker counts as gone; at least twice the heartbeat
 *     interval
 * @param otherMasters masters that workers may be told to use later, each as id@host:port
 */
@Validated
@ConfigurationProperties("p2pmine.master")
public record ServerSettings(
    @NeedsRestart("workers are connected to it") @DefaultValue("127.0.0.1") @NotBlank
        String bindAddress,
    @NeedsRestart("workers are connected to it") @DefaultValue("9740") @Min(0) @Max(65_535)
        int p2pPort,
    @Live @DefaultValue("1024") @Min(1) @Max(65_535) int maxConnections,
    @DefaultValue("10s") @DurationMin(millis = 100) @DurationMax(minutes = 10)
        Duration handshakeTimeout,
    @DefaultValue("5s") @DurationMin(millis = 50) @DurationMax(minutes = 10)
        Duration heartbeatInterval,
    @DefaultValue("15s") @DurationMin(millis = 100) @DurationMax(hours = 1) Duration idleTimeout,
    @DefaultValue @Size(max = 100) List<MasterAddress> otherMasters) {

  public ServerSettings {
    otherMasters = List.copyOf(otherMasters);
    if (idleTimeout.compareTo(heartbeatInterval.multipliedBy(2)) < 0) {
      throw new IllegalArgumentException(
          "p2pmine.master.idle-timeout=%s must be at least twice p2pmine.master.heartbeat-interval=%s"
              .formatted(inSeconds(idleTimeout), inSeconds(heartbeatInterval)));
    }
  }

  private static String inSeconds(Duration duration) {
    return duration.toMillis() / 1000.0 + "s";
  }
}
