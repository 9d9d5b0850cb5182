package io.p2pmining.benchmarks.latency;

import io.p2pmining.benchmarks.contender.ContenderException;
import io.p2pmining.benchmarks.contender.PageKind;
import io.p2pmining.core.memory.InsufficientMemoryException;
import io.p2pmining.core.memory.OffHeapMemory;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Measures how long random reads of a memory as large as the dataset take, one after the other and
 * several at a time: what bounds hashing in full mode, however well it computes.
 */
@Command(
    name = "latency",
    mixinStandardHelpOptions = true,
    description = {
      "Measures random reads of 64 bytes in 2 GiB: chains of dependent reads, several at a time.",
      "Prints the time of a read of one chain, and the time between reads of all chains of all",
      "threads together."
    })
public final class LatencyCommand implements Callable<Integer> {

  private static final int FAILED = 1;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--pages",
      split = ",",
      paramLabel = "4k|thp|2m|1g",
      defaultValue = "4k,thp,2m,1g",
      description = "Kinds of pages (${DEFAULT-VALUE}); what cannot be had is passed over.")
  private List<String> pages = List.of();

  @Option(
      names = "--threads",
      split = ",",
      defaultValue = "1",
      description = "Numbers of threads (${DEFAULT-VALUE}).")
  private List<Integer> threads = List.of();

  @Option(
      names = "--chains",
      split = ",",
      defaultValue = "1,2,3,4,6,8",
      description = "Numbers of chains of a thread (${DEFAULT-VALUE}).")
  private List<Integer> chains = List.of();

  @Option(
      names = "--mebibytes",
      defaultValue = "2048",
      description = "The size of the memory, a power of two (${DEFAULT-VALUE}).")
  private int mebibytes;

  @Option(
      names = "--repeats",
      defaultValue = "7",
      description = "Measurements of which the median counts (${DEFAULT-VALUE}).")
  private int repeats;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    try {
      for (String kind : pages) {
        measure(PageKind.of(kind), out);
      }
      return 0;
    } catch (ContenderException | InsufficientMemoryException | IllegalArgumentException e) {
      spec.commandLine().getErr().println(e.getMessage());
      return FAILED;
    }
  }

  private void measure(PageKind kind, PrintWriter out) throws InterruptedException {
    long bytes = (long) mebibytes << 20;
    try (OffHeapMemory memory = OffHeapMemory.allocate(bytes, "reads", kind.policy())) {
      memory.segment().fill((byte) 1);
      String found = memory.pages().label();
      if (!found.equals(kind.label())) {
        out.println(kind.label() + " pages cannot be had, these are " + found);
        return;
      }
      out.printf("%s pages, %d MiB%n", found, mebibytes);
      for (int count : threads) {
        try (ChaseThreads chasers = new ChaseThreads(memory.segment(), count)) {
          for (int each : chains) {
            out.println(text(count, each, chasers.nanosPerStep(each, repeats)));
          }
        }
      }
    }
  }

  private static String text(int threads, int chains, double nanosPerStep) {
    double nanosPerRead = nanosPerStep / (threads * chains);
    return String.format(
        Locale.ROOT,
        "  %d thread%s x %d chain%s: %6.1f ns a read, one read each %5.1f ns, %.2f GB/s",
        threads,
        threads == 1 ? "" : "s",
        chains,
        chains == 1 ? "" : "s",
        nanosPerStep,
        nanosPerRead,
        ChaseThreads.LINE_BYTES / nanosPerRead);
  }
}
