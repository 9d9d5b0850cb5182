package io.p2pmining.master.store;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which database keeps the work.
 *
 * @param url {@code jdbc:postgresql://host/database} or {@code jdbc:h2:…}; empty for an H2 file in
 *     the data directory
 * @param username who to log in as, unless the address says so
 * @param password with which password
 */
@ConfigurationProperties("spring.datasource")
public record DatabaseSettings(
    @DefaultValue("") String url,
    @DefaultValue("") String username,
    @DefaultValue("") String password) {

  @Override
  public String toString() {
    return "DatabaseSettings[username=" + username + "]";
  }
}
