package io.p2pmining.core.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AvailableMemoryTest {

  private static final long MIB = 1 << 20;

  @TempDir Path root;

  @Test
  void isUnknownWhereTheSystemDoesNotTell() {
    assertThat(memory()).isEqualTo(-1);
  }

  @Test
  void isWhatLinuxSaysWithoutControlGroups() throws IOException {
    machineWith(4096);

    assertThat(memory()).isEqualTo(4096 * MIB);
  }

  @Test
  void isWhatTheTightestControlGroupLeaves() throws IOException {
    machineWith(4096);
    write("proc/self/cgroup", "0::/user.slice/mine.service\n");
    write("sys/fs/cgroup/user.slice/memory.max", 1000 * MIB + "\n");
    write("sys/fs/cgroup/user.slice/memory.current", 900 * MIB + "\n");
    write("sys/fs/cgroup/user.slice/mine.service/memory.max", 800 * MIB + "\n");
    write("sys/fs/cgroup/user.slice/mine.service/memory.current", 300 * MIB + "\n");

    assertThat(memory()).isEqualTo(100 * MIB);
  }

  @Test
  void countsFilePagesOfTheGroupAsFree() throws IOException {
    machineWith(4096);
    write("proc/self/cgroup", "0::/\n");
    write("sys/fs/cgroup/memory.max", 1000 * MIB + "\n");
    write("sys/fs/cgroup/memory.current", 900 * MIB + "\n");
    write("sys/fs/cgroup/memory.stat", "anon 1\ninactive_file " + 300 * MIB + "\n");

    assertThat(memory()).isEqualTo(400 * MIB);
  }

  @Test
  void ignoresGroupsWithoutALimit() throws IOException {
    machineWith(4096);
    write("proc/self/cgroup", "0::/free\n");
    write("sys/fs/cgroup/free/memory.max", "max\n");
    write("sys/fs/cgroup/free/memory.current", 900 * MIB + "\n");

    assertThat(memory()).isEqualTo(4096 * MIB);
  }

  @Test
  void knowsTheFirstVersionOfControlGroups() throws IOException {
    machineWith(4096);
    write("proc/self/cgroup", "5:cpu:/x\n4:memory:/docker/abc\n");
    write("sys/fs/cgroup/memory/memory.limit_in_bytes", 512 * MIB + "\n");
    write("sys/fs/cgroup/memory/memory.usage_in_bytes", 12 * MIB + "\n");

    assertThat(memory()).isEqualTo(500 * MIB);
  }

  private void machineWith(long availableMib) throws IOException {
    write(
        "proc/meminfo",
        "MemTotal:       9999999 kB\nMemAvailable:   %d kB\n".formatted(availableMib * 1024));
  }

  private long memory() {
    return new AvailableMemory(root).bytes().orElse(-1);
  }

  private void write(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
