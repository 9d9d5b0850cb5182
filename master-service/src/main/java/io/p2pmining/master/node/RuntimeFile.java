package io.p2pmining.master.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code master.json} in the data directory: tells other processes of this machine that the master
 * is ready and where. It appears whole, when everything listens, and is gone when the master is; a
 * file that a crashed master left behind names a process that is not alive.
 */
public final class RuntimeFile {

  static final String NAME = "master.json";

  private final Path file;
  private final JsonMapper json;

  public RuntimeFile(DataDirectory directory, JsonMapper json) {
    this.file = directory.file(NAME);
    this.json = json;
  }

  /**
   * What the file says.
   *
   * @param pid the master's process
   * @param instanceId the master's node id in hex
   * @param httpAddress where the REST API is bound
   * @param httpPort the port it really has
   * @param p2pAddress where workers connect
   * @param p2pPort the port it really has
   * @param startedAt when the process started
   */
  public record Content(
      long pid,
      String instanceId,
      String httpAddress,
      int httpPort,
      String p2pAddress,
      int p2pPort,
      Instant startedAt) {}

  public void write(Content content) {
    Path unfinished = file.resolveSibling(NAME + ".tmp");
    try {
      Files.write(unfinished, json.writeValueAsBytes(content));
      Files.move(
          unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("file=" + file, e);
    }
  }

  public void delete() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("file=" + file, e);
    }
  }
}
