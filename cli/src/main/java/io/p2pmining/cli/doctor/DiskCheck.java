package io.p2pmining.cli.doctor;

import io.p2pmining.cli.terminal.Figures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether the data directory can be written, and how much. */
final class DiskCheck {

  private static final String NAME = "disk";

  /** The store's histories at their usual bounds, logs and checkpoints stay well below. */
  private static final long ENOUGH = 2L << 30;

  private static final long TOO_LITTLE = 100L << 20;

  private DiskCheck() {}

  static Finding of(Path directory) {
    Path existing = directory;
    while (!Files.exists(existing) && existing.getParent() != null) {
      existing = existing.getParent();
    }
    if (!Files.isDirectory(existing) || !Files.isWritable(existing)) {
      return Finding.fail(
          NAME,
          directory + " cannot be written",
          "make it writable for this user, or choose another one with --data DIR");
    }
    try {
      return ofSpace(directory, Files.getFileStore(existing).getUsableSpace());
    } catch (IOException e) {
      return Finding.warn(
          NAME, "how much is free at %s is not known: %s".formatted(directory, e), "look with df");
    }
  }

  static Finding ofSpace(Path directory, long bytes) {
    String finding = "%s free at %s".formatted(Figures.bytes(bytes), directory);
    String remedy = "make room, or choose another place with --data DIR";
    if (bytes < TOO_LITTLE) {
      return Finding.fail(NAME, finding + ": results could not be kept", remedy);
    }
    return bytes < ENOUGH ? Finding.warn(NAME, finding, remedy) : Finding.ok(NAME, finding);
  }
}
