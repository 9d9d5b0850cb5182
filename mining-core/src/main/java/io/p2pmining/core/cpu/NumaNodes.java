package io.p2pmining.core.cpu;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The NUMA nodes of a machine.
 *
 * @param nodes by their number; empty if the system has no notion of them
 */
public record NumaNodes(List<NumaNode> nodes) {

  private static final Path NODES = Path.of("/sys/devices/system/node");
  private static final Pattern NODE_NAME = Pattern.compile("node(\\d{1,6})");
  private static final Pattern TOTAL_MEMORY = Pattern.compile("MemTotal:\\s+(\\d{1,15}) kB");

  public NumaNodes {
    nodes = List.copyOf(nodes);
  }

  /** Those of this machine. */
  public static NumaNodes detect() {
    return read(NODES);
  }

  /**
   * Reads what Linux says.
   *
   * @param directory laid out like {@code /sys/devices/system/node}
   */
  static NumaNodes read(Path directory) {
    List<NumaNode> nodes = new ArrayList<>();
    for (Path entry : SystemFile.entries(directory, "node*")) {
      Matcher name = NODE_NAME.matcher(entry.getFileName().toString());
      if (name.matches()) {
        CpuSet cpus = SystemFile.cpus(entry.resolve("cpulist")).orElse(CpuSet.NONE);
        Matcher memory = TOTAL_MEMORY.matcher(SystemFile.text(entry.resolve("meminfo")).orElse(""));
        long bytes = memory.find() ? Long.parseLong(memory.group(1)) * 1024 : 0;
        nodes.add(new NumaNode(Integer.parseInt(name.group(1)), cpus, bytes));
      }
    }
    nodes.sort(Comparator.comparingInt(NumaNode::number));
    return new NumaNodes(nodes);
  }

  /** The nodes that have some of these processors, in the order of the first of each. */
  public List<NumaNode> of(List<Integer> cpus) {
    return cpus.stream()
        .flatMap(cpu -> nodes.stream().filter(node -> node.cpus().contains(cpu)))
        .distinct()
        .toList();
  }

  /** The number of the node of a processor; 0 if no node has it. */
  public int nodeOf(int cpu) {
    return nodes.stream()
        .filter(node -> node.cpus().contains(cpu))
        .mapToInt(NumaNode::number)
        .findFirst()
        .orElse(0);
  }
}
