package io.p2pmining.core.cpu;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** To which processors mining threads are bound. Immutable. */
public sealed interface Affinity {

  /** Each thread to the processor that a plan gives it. */
  Affinity AUTO = new Planned();

  /** No thread to any. */
  Affinity OFF = new Off();

  /** Numbers below ten thousand: no kernel is built for more processors than 8192. */
  Pattern LIST = Pattern.compile("\\d{1,4}(-\\d{1,4})?(,\\d{1,4}(-\\d{1,4})?)*");

  /** Each thread to the processor that a plan gives it. */
  record Planned() implements Affinity {

    /** None if the plan has fewer places than there are threads: they would get in their way. */
    @Override
    public List<Integer> cpus(int threads, MiningPlan plan) {
      return threads <= plan.places().size() ? plan.cpus(threads) : List.of();
    }

    @Override
    public String toString() {
      return "auto";
    }
  }

  /** No thread to any. */
  record Off() implements Affinity {

    @Override
    public List<Integer> cpus(int threads, MiningPlan plan) {
      return List.of();
    }

    @Override
    public String toString() {
      return "off";
    }
  }

  /**
   * The threads in turn to these processors.
   *
   * @param set at least one
   */
  record Listed(CpuSet set) implements Affinity {

    public Listed {
      if (set.isEmpty()) {
        throw new IllegalArgumentException("a list of no processors");
      }
    }

    @Override
    public List<Integer> cpus(int threads, MiningPlan plan) {
      List<Integer> numbers = set.toList();
      return IntStream.range(0, threads)
          .mapToObj(thread -> numbers.get(thread % numbers.size()))
          .toList();
    }

    @Override
    public String toString() {
      return set.toString();
    }
  }

  /**
   * Reads {@code auto}, {@code off} or a list of processors such as {@code 0-3,8}.
   *
   * @throws IllegalArgumentException if it is none of them
   */
  static Affinity parse(String text) {
    return switch (text.strip()) {
      case "auto" -> AUTO;
      case "off" -> OFF;
      case String list when LIST.matcher(list).matches() -> listed(list);
      default -> throw notAnAffinity();
    };
  }

  private static Affinity listed(String list) {
    try {
      return new Listed(CpuSet.parse(list));
    } catch (IllegalArgumentException fallingRange) {
      throw notAnAffinity();
    }
  }

  private static IllegalArgumentException notAnAffinity() {
    return new IllegalArgumentException("must be auto, off or processors such as 0-3,8");
  }

  /**
   * The processors of some threads.
   *
   * @param plan where threads mine best on this machine
   * @return one for each thread; empty if they are not to be bound
   */
  List<Integer> cpus(int threads, MiningPlan plan);
}
