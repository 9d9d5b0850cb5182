package io.p2pmining.worker.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.json.JsonWriter;

/**
 * {@code worker.json} in the data directory: tells other processes of this machine that the worker
 * runs and where its health is served. It appears whole and is gone when the worker is; a file that
 * a crashed worker left behind names a process that is not alive.
 */
public final class RuntimeFile {

  /** The name of the file. */
  public static final String NAME = "worker.json";

  private final Path file;

  public RuntimeFile(DataDirectory directory) {
    this.file = directory.file(NAME);
  }

  /**
   * Writes the file.
   *
   * @param httpAddress where health and metrics are bound
   * @param httpPort the port they really have; 0 if they are not served
   */
  public void write(NodeIdentity identity, String httpAddress, int httpPort) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("pid", ProcessHandle.current().pid());
    content.put("nodeId", identity.id().toString());
    content.put("name", identity.name());
    content.put("httpAddress", httpAddress);
    content.put("httpPort", httpPort);
    content.put("startedAt", identity.startedAt().toString());
    Path unfinished = file.resolveSibling(NAME + ".tmp");
    try {
      Files.writeString(
          unfinished, JsonWriter.standard().writeToString(content), StandardCharsets.UTF_8);
      Files.move(
          unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("file=" + file, e);
    }
  }

  /** Removes the file. */
  public void delete() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("file=" + file, e);
    }
  }
}
