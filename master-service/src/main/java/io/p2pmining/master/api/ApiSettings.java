package io.p2pmining.master.api;

import jakarta.validation.constraints.Size;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Who may use the API.
 *
 * @param allowedHosts names under which the API may be reached beside the address it is bound to
 *     and the loopback names, as {@code name} or {@code name:port}; for a reverse proxy or a name
 *     in the local DNS
 */
@Validated
@ConfigurationProperties("p2pmine.master.api")
record ApiSettings(@DefaultValue @Size(max = 100) List<HostPort> allowedHosts) {

  ApiSettings {
    allowedHosts = List.copyOf(allowedHosts);
  }
}
