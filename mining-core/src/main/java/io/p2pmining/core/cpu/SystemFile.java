package io.p2pmining.core.cpu;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads the small files in which Linux says what the machine is; what is not there is empty. */
final class SystemFile {

  private SystemFile() {}

  /** The text without white space around it. */
  static Optional<String> text(Path file) {
    try {
      return Optional.of(Files.readString(file).strip());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  static OptionalLong number(Path file) {
    return text(file).map(SystemFile::parse).orElse(OptionalLong.empty());
  }

  /** A size such as {@code 32768K}, in bytes. */
  static OptionalLong kibibytes(Path file) {
    OptionalLong kibibytes =
        text(file)
            .filter(text -> text.endsWith("K"))
            .map(text -> parse(text.substring(0, text.length() - 1)))
            .orElse(OptionalLong.empty());
    return kibibytes.isPresent()
        ? OptionalLong.of(kibibytes.getAsLong() * 1024)
        : OptionalLong.empty();
  }

  private static OptionalLong parse(String text) {
    try {
      return OptionalLong.of(Long.parseLong(text));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  static Optional<CpuSet> cpus(Path file) {
    try {
      return text(file).map(CpuSet::parse);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The entries of a directory whose names match, by name; none if there is no directory. */
  static List<Path> entries(Path directory, String glob) {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory, glob)) {
      stream.forEach(entries::add);
    } catch (IOException | DirectoryIteratorException e) {
      return List.of();
    }
    entries.sort(null);
    return entries;
  }
}
