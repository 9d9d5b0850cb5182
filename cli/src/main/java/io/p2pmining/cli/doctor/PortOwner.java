package io.p2pmining.cli.doctor;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds out on Linux who listens at a TCP port. Reads below a root, for tests. */
final class PortOwner {

  private static final String LISTENING = "0A";
  private static final int LOCAL = 1;
  private static final int STATE = 3;
  private static final int INODE = 9;

  private PortOwner() {}

  /** For example {@code process 4711 (java)}; empty if it cannot be told, as of another user. */
  static Optional<String> of(Path root, int port) {
    Path proc = root.resolve("proc");
    Set<String> sockets = new HashSet<>();
    for (String table : List.of("net/tcp", "net/tcp6")) {
      listeners(proc.resolve(table), port, sockets);
    }
    if (sockets.isEmpty()) {
      return Optional.empty();
    }
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[0-9]*")) {
      for (Path process : processes) {
        if (holds(process, sockets)) {
          return Optional.of("process %s (%s)".formatted(process.getFileName(), nameOf(process)));
        }
      }
    } catch (IOException e) {
      return Optional.empty();
    }
    return Optional.empty();
  }

  private static void listeners(Path table, int port, Set<String> sockets) {
    try {
      String end = ":%04X".formatted(port);
      for (String line : Files.readAllLines(table)) {
        String[] words = line.strip().split("\\s+", -1);
        if (words.length > INODE && words[STATE].equals(LISTENING) && words[LOCAL].endsWith(end)) {
          sockets.add("socket:[" + words[INODE] + "]");
        }
      }
    } catch (IOException e) {
      // No such table, as without IPv6.
    }
  }

  private static boolean holds(Path process, Set<String> sockets) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(process.resolve("fd"))) {
      for (Path file : files) {
        if (Files.isSymbolicLink(file)
            && sockets.contains(Files.readSymbolicLink(file).toString())) {
          return true;
        }
      }
    } catch (IOException e) {
      // Another user's, or gone meanwhile.
    }
    return false;
  }

  private static String nameOf(Path process) {
    try {
      return Files.readString(process.resolve("comm")).strip();
    } catch (IOException e) {
      return "gone";
    }
  }
}
