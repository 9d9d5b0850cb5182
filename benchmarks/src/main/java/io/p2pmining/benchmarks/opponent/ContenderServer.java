package io.p2pmining.benchmarks.opponent;

import io.p2pmining.benchmarks.contender.Contender;
import io.p2pmining.benchmarks.contender.HashRun;
import io.p2pmining.benchmarks.contender.InitRun;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.HexFormat;
import java.util.Locale;

/** Lets another process use a contender, over the {@link Protocol}. Used by one thread. */
final class ContenderServer {

  private final Contender contender;
  private final PrintWriter out;

  ContenderServer(Contender contender, PrintWriter out) {
    this.contender = contender;
    this.out = out;
  }

  /** Says that it is ready and answers until it is told to quit or the input ends. */
  void serve(BufferedReader in) throws IOException, InterruptedException {
    answer(
        "%s %s pages=%s (%s)",
        Protocol.READY,
        initFields(contender.firstInit()),
        contender.pages(),
        contender.description().replace('=', ':'));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.strip().split("\\s+");
      if (words[0].equals(Protocol.QUIT)) {
        return;
      }
      try {
        answer(words);
      } catch (IllegalArgumentException e) {
        answer("%s %s", Protocol.ERROR, String.valueOf(e.getMessage()));
      }
    }
  }

  private void answer(String[] words) throws InterruptedException {
    String argument = words.length > 1 ? words[1] : "";
    switch (words[0]) {
      case Protocol.RUN -> answerRun(contender.hashFor(Double.parseDouble(argument)));
      case Protocol.INIT ->
          answer("%s", initFields(contender.initialise(Integer.parseInt(argument))));
      case Protocol.HASH -> {
        byte[] hash = contender.hash(HexFormat.of().parseHex(argument));
        answer("%s=%s", Reply.HASH, HexFormat.of().formatHex(hash));
      }
      default -> throw new IllegalArgumentException("unknown request: " + words[0]);
    }
  }

  private void answerRun(HashRun run) {
    answer(
        "%s=%d %s=%.6f %s=%.3f %s=%.3f allocatedBytes=%d",
        Reply.HASHES,
        run.hashes(),
        Reply.SECONDS,
        run.seconds(),
        Reply.RATE,
        run.hashesPerSecond(),
        Reply.PROCESSOR_RATE,
        run.hashesPerProcessorSecond(),
        run.allocatedBytes());
  }

  private static String initFields(InitRun run) {
    return String.format(
        Locale.ROOT,
        "%s=%.6f %s=%.6f %s=%.6f",
        Reply.CACHE_SECONDS,
        run.cacheSeconds(),
        Reply.DATASET_SECONDS,
        run.datasetSeconds(),
        Reply.INIT_PROCESSOR_SECONDS,
        run.processorSeconds());
  }

  private void answer(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
    out.flush();
  }
}
