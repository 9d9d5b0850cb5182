package io.p2pmining.master.store;

import io.p2pmining.common.node.SafeFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Where the files of a log are. Safe for use by any thread. */
interface LogDisk {

  /** The file system. */
  LogDisk FILES =
      new LogDisk() {
        @Override
        public FileChannel open(Path file) throws IOException {
          return FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        }

        @Override
        public void delete(Path file) throws IOException {
          Files.deleteIfExists(file);
        }

        @Override
        public void forceDirectory(Path directory) throws IOException {
          SafeFile.forceDirectory(directory);
        }
      };

  /** Opens a file to read and write; makes it if need be. */
  FileChannel open(Path file) throws IOException;

  void delete(Path file) throws IOException;

  /** Lets files that were made and deleted survive a power cut as such. */
  void forceDirectory(Path directory) throws IOException;
}
