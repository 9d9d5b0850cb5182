package io.p2pmining.common.node;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.random.RandomGenerator;

/**
 * The file {@code node-id} in a data directory: 32 hex digits and a line feed. Blocks on the disk;
 * meant for start-up.
 */
public final class NodeIdFile {

  /** The name of the file. */
  public static final String NAME = "node-id";

  /** What a right file has, generously: the digits and a line ending. */
  private static final int MAX_BYTES = 64;

  private NodeIdFile() {}

  /**
   * The id of the node that lives in {@code dataDirectory}; the first call makes it, and the
   * directory if need be. Processes that do so at the same time agree on one.
   *
   * @param random a cryptographic generator
   * @throws DataDirectoryException if the file is damaged or cannot be read or written
   */
  public static NodeId loadOrCreate(Path dataDirectory, RandomGenerator random) {
    Path file = dataDirectory.resolve(NAME);
    try {
      Files.createDirectories(dataDirectory);
      if (Files.notExists(file)) {
        create(file, NodeId.random(random));
      }
      return read(file);
    } catch (IOException e) {
      throw new DataDirectoryException(
          "cannot read or write %s (%s): check that %s is a directory and that this user may write to it"
              .formatted(file, e, dataDirectory),
          e);
    }
  }

  private static void create(Path file, NodeId id) throws IOException {
    try {
      SafeFile.create(file, id + "\n");
    } catch (FileAlreadyExistsException e) {
      // Another process was faster; its id is as good.
    }
  }

  private static NodeId read(Path file) throws IOException {
    long size = Files.size(file);
    if (size > MAX_BYTES) {
      throw damaged(file, size + " bytes");
    }
    String content = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
    try {
      return NodeId.ofHex(content);
    } catch (IllegalArgumentException e) {
      throw damaged(file, size + " bytes that are no id");
    }
  }

  private static DataDirectoryException damaged(Path file, String found) {
    return new DataDirectoryException(
        ("%s is damaged: it must hold 32 hex digits but has %s. Restore it from a backup, or delete"
                + " it to start as a new node.")
            .formatted(file, found));
  }
}
