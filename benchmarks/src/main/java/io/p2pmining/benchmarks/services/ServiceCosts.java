package io.p2pmining.benchmarks.services;

import io.p2pmining.benchmarks.statistics.Spread;
import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.core.pow.PowAlgorithm;
import io.p2pmining.core.pow.PowAlgorithms;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Starts a master and a worker of it through the launcher, as a person would, lets the worker find
 * a few shares of rx/0 in light mode and ends both, again and again. Linux only: memory is read
 * from {@code /proc}.
 */
@Command(
    name = "services",
    mixinStandardHelpOptions = true,
    description = "Measures how long master and worker take to start, and the worker's memory.")
public final class ServiceCosts implements Callable<Integer> {

  private static final double MIB = 1 << 20;
  private static final long POLL_MS = 500;
  private static final Pattern TOTAL_ITEMS = Pattern.compile("\"totalItems\":(\\d+)");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--runs",
      defaultValue = "7",
      description = "How often to start both (${DEFAULT-VALUE}).")
  private int runs;

  @Option(
      names = "--shares",
      defaultValue = "5",
      description = "Shares of a worker before its memory is read (${DEFAULT-VALUE}).")
  private int shares;

  @Option(
      names = "--threads",
      defaultValue = "1",
      description = "Hashing threads of the worker (${DEFAULT-VALUE}).")
  private int threads;

  @Option(
      names = "--launcher",
      defaultValue = "./p2pmine",
      description = "The launcher, whose jars are up to date (${DEFAULT-VALUE}).")
  private Path launcher = Path.of("p2pmine");

  private final List<StartedService> masters = new ArrayList<>();
  private final List<StartedService> workers = new ArrayList<>();
  private final List<Double> memory = new ArrayList<>();
  private final List<Double> peakMemory = new ArrayList<>();

  @Override
  public Integer call() throws IOException, InterruptedException {
    for (int run = 0; run < runs; run++) {
      Path data = Files.createTempDirectory("p2pmine-benchmark");
      try {
        measure(
            Files.createDirectory(data.resolve("master")),
            Files.createDirectory(data.resolve("worker")));
      } finally {
        delete(data);
      }
    }
    print(spec.commandLine().getOut());
    return 0;
  }

  private void measure(Path masterData, Path workerData) throws IOException, InterruptedException {
    try (StartedService master = startMaster(masterData);
        StartedService worker = startWorker(workerData, master)) {
      masters.add(master);
      workers.add(worker);
      awaitShares(master);
      double beside = hashingBytes() / MIB;
      memory.add(worker.memoryBytes("VmRSS") / MIB - beside);
      peakMemory.add(worker.memoryBytes("VmHWM") / MIB - beside);
      PrintWriter out = spec.commandLine().getOut();
      out.printf(
          "  run %d: master %.1f s, worker %.1f s, %.0f MiB%n",
          memory.size(), master.clockSeconds(), worker.clockSeconds(), memory.getLast());
      out.flush();
    }
  }

  private StartedService startMaster(Path data) throws IOException, InterruptedException {
    return StartedService.start(
        launcher,
        "master",
        data,
        "--http-port=0",
        "--p2p-port=0",
        "--set=p2pmine.master.share.interval=2s");
  }

  private StartedService startWorker(Path data, StartedService master)
      throws IOException, InterruptedException {
    return StartedService.start(
        launcher,
        "worker",
        data,
        "--master=127.0.0.1:" + master.number("p2pPort"),
        "--threads=" + threads,
        "--set=p2pmine.worker.http.port=0",
        // Nothing but the measurement is to be waited for.
        "--set=p2pmine.worker.niceness=0");
  }

  /** By then the compiler of the JVM has had its peak. */
  private void awaitShares(StartedService master) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + master.number("httpPort") + "/shares?size=1"))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      long found = 0;
      while (found < shares) {
        Thread.sleep(POLL_MS);
        String page = client.send(request, BodyHandlers.ofString()).body();
        Matcher total = TOTAL_ITEMS.matcher(page);
        found = total.find() ? Long.parseLong(total.group(1)) : 0;
      }
    }
  }

  /** The cache, and a scratchpad and what else a hasher has for each thread. */
  private double hashingBytes() {
    PowAlgorithm algorithm = PowAlgorithms.load().find("rx/0").orElseThrow();
    return algorithm.preparedBytes(HashingMode.LIGHT) + threads * algorithm.hasherBytes();
  }

  private void print(PrintWriter out) {
    out.printf("%d runs, median (least to greatest)%n", runs);
    printStart(out, "master", masters);
    printStart(out, "worker", workers);
    out.printf(
        "  worker, MiB beside hashing, after %d shares: %s, at most: %s%n",
        shares, Spread.of(memory), Spread.of(peakMemory));
    out.flush();
  }

  private static void printStart(PrintWriter out, String service, List<StartedService> starts) {
    out.printf(
        "  %s, seconds until ready, by clock: %s, processor time: %s%n",
        service,
        Spread.of(starts.stream().map(StartedService::clockSeconds).toList()),
        Spread.of(starts.stream().map(StartedService::processorSeconds).toList()));
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      files.sorted(Comparator.reverseOrder()).forEach(ServiceCosts::deleteOne);
    }
  }

  private static void deleteOne(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("file=" + file, e);
    }
  }
}
