package io.p2pmining.core.memory;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The directory where processes that share tables find each other: a small file for each table, no
 * table itself. Only its owner may look into it. Holds no state.
 */
record SharedDirectory(MappingCalls calls, Path path) {

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");

  /** Nobody needs more tables at a time; what is beyond is not looked at. */
  private static final int MAX_TABLES = 64;

  /**
   * Makes the directory if need be.
   *
   * @throws SharingException if it is not the user's own, or others may look into it
   */
  static SharedDirectory open(MappingCalls calls, Path path) throws SharingException {
    Path absolute = path.toAbsolutePath().normalize();
    try {
      make(absolute);
      if (!Files.isDirectory(absolute, LinkOption.NOFOLLOW_LINKS)) {
        throw new SharingException(
            absolute + " is no directory (a link to one is not followed); remove it");
      }
      if (!OwnFiles.isOwnUnlinked(absolute)) {
        throw new SharingException(
            absolute + " belongs to another user; choose another directory or remove it");
      }
      if (!OWNER_ONLY.containsAll(
          Files.getPosixFilePermissions(absolute, LinkOption.NOFOLLOW_LINKS))) {
        throw new SharingException(
            absolute + " is open to other users; close it with chmod 700 " + absolute);
      }
    } catch (IOException | UnsupportedOperationException e) {
      throw new SharingException(absolute + " cannot be used (" + e + ")");
    }
    return new SharedDirectory(calls, absolute);
  }

  private static void make(Path path) throws IOException {
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Path parent = path.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    try {
      Files.createDirectory(path, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    } catch (FileAlreadyExistsException e) {
      // Another process was quicker; what it made is looked at like any other.
    }
  }

  /** The lock of a table; empty while another process has it. */
  Optional<TableFile> tryLock(TableName name) throws SharingException {
    return TableFile.tryLock(calls, path.resolve(name.text()));
  }

  /** Who holds a table as far as can be seen without its lock. */
  List<TableHolder> holders(TableName name) {
    return TableFile.read(path.resolve(name.text()));
  }

  /** The files of tables, by whomever. */
  List<Path> tables() throws SharingException {
    List<Path> tables = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(path, "[a-z]*-*")) {
      for (Path file : files) {
        if (tables.size() < MAX_TABLES) {
          tables.add(file);
        }
      }
    } catch (IOException e) {
      throw new SharingException(path + " cannot be read (" + e + ")");
    }
    return tables;
  }
}
