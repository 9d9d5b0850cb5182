package io.p2pmining.core.cpu;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the files in which Linux would describe a machine. */
final class MadeUpMachine {

  private final Path root;

  MadeUpMachine(Path root) {
    this.root = root;
  }

  Path processors() {
    return root.resolve("cpu");
  }

  Path nodes() {
    return root.resolve("node");
  }

  MadeUpMachine online(String cpus) {
    return write("cpu/online", cpus);
  }

  /** A core whose hardware threads share caches of 32 KiB and a second level. */
  MadeUpMachine core(String threads, long speed, String level2, String level2Cpus) {
    for (int cpu : CpuSet.parse(threads).toList()) {
      write("cpu/cpu" + cpu + "/topology/core_cpus_list", threads);
      write("cpu/cpu" + cpu + "/topology/thread_siblings_list", threads);
      write("cpu/cpu" + cpu + "/cpu_capacity", Long.toString(speed));
      cache(cpu, 0, "1", "Data", "32K", threads);
      cache(cpu, 1, "1", "Instruction", "64K", threads);
      cache(cpu, 2, "2", "Unified", level2, level2Cpus);
    }
    return this;
  }

  /** A third level. */
  MadeUpMachine level3(String cpus, String size) {
    for (int cpu : CpuSet.parse(cpus).toList()) {
      cache(cpu, 3, "3", "Unified", size, cpus);
    }
    return this;
  }

  MadeUpMachine node(int number, String cpus, long kibibytes) {
    write("node/node" + number + "/cpulist", cpus);
    return write(
        "node/node" + number + "/meminfo",
        "Node %d MemTotal:       %d kB%nNode %d MemFree:        5 kB"
            .formatted(number, kibibytes, number));
  }

  private void cache(int cpu, int index, String level, String type, String size, String cpus) {
    String directory = "cpu/cpu" + cpu + "/cache/index" + index + "/";
    write(directory + "level", level);
    write(directory + "type", type);
    write(directory + "size", size);
    write(directory + "shared_cpu_list", cpus);
  }

  MadeUpMachine write(String file, String text) {
    try {
      Path path = root.resolve(file);
      Files.createDirectories(path.getParent());
      Files.writeString(path, text + "\n");
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Two sockets of two dies each; a die is four cores of two threads around 16 MiB. */
  static MadeUpMachine twoSockets(Path root) {
    MadeUpMachine machine = new MadeUpMachine(root).online("0-31");
    for (int core = 0; core < 16; core++) {
      String threads = core + "," + (core + 16);
      machine.core(threads, 1024, "512K", threads);
    }
    for (int die = 0; die < 4; die++) {
      int first = die * 4;
      machine.level3("%d-%d,%d-%d".formatted(first, first + 3, first + 16, first + 19), "16384K");
    }
    return machine.node(0, "0-7,16-23", 1000).node(1, "8-15,24-31", 2000);
  }

  /** Two fast cores of two threads, four slow ones that share a second level; 12 MiB for all. */
  static MadeUpMachine hybrid(Path root) {
    return new MadeUpMachine(root)
        .online("0-7")
        .core("0-1", 1024, "1280K", "0-1")
        .core("2-3", 1024, "1280K", "2-3")
        .core("4", 600, "2048K", "4-7")
        .core("5", 600, "2048K", "4-7")
        .core("6", 600, "2048K", "4-7")
        .core("7", 600, "2048K", "4-7")
        .level3("0-7", "12288K")
        .node(0, "0-7", 1000);
  }
}
