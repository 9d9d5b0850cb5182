package io.p2pmining.cli.service;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a master that is ready says about itself in its data directory.
 *
 * @param pid its process
 * @param httpAddress where the REST API is bound
 * @param httpPort its port
 * @param p2pAddress where workers connect
 * @param p2pPort its port
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record MasterRuntime(
    long pid, String httpAddress, int httpPort, String p2pAddress, int p2pPort) {

  private static final String FILE = "master.json";
  private static final String LOOPBACK = "127.0.0.1";

  /** What the master with this process id says; empty until it is ready. */
  public static Optional<MasterRuntime> read(Path directory, long pid) {
    return read(directory).filter(runtime -> runtime.pid == pid);
  }

  /** What the last master that was ready says; it may have been killed since. */
  public static Optional<MasterRuntime> read(Path directory) {
    try {
      byte[] json = Files.readAllBytes(directory.resolve(FILE));
      return Optional.of(JsonMapper.shared().readValue(json, MasterRuntime.class));
    } catch (IOException | JacksonException e) {
      return Optional.empty();
    }
  }

  /** Whether its process runs; another process may have got its number since. */
  public boolean isAlive() {
    return ProcessHandle.of(pid).isPresent();
  }

  /** HOST:PORT for workers on this machine. */
  public String p2pEndpoint() {
    return reachable(p2pAddress) + ":" + p2pPort;
  }

  /** The root of the REST API as seen from this machine. */
  public String apiUrl() {
    return "http://" + reachable(httpAddress) + ":" + httpPort;
  }

  /** An address that stands for all of this machine's is no address to connect to. */
  private static String reachable(String address) {
    if (address.isEmpty() || address.equals("0.0.0.0") || address.equals("::")) {
      return LOOPBACK;
    }
    return address.indexOf(':') >= 0 ? "[" + address + "]" : address;
  }
}
