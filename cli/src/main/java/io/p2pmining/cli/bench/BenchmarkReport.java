package io.p2pmining.cli.bench;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.p2pmining.core.pow.PreparedSeed;
import java.time.Duration;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;

/**
 * What {@code bench} prints. The names and their order are an interface that scripts rely on.
 *
 * @param pages the kind of memory pages under the large tables
 * @param seconds how long it hashed
 * @param checksum the XOR of the last eight bytes of every proof, 16 hex digits
 * @param lanes how many hashes each thread computed side by side
 * @param instructions the newest processor extensions that machine code used
 * @param affinity the processors that the threads were bound to, or {@code off}
 * @param tables how many datasets there were, one for all or one for each NUMA node
 * @param msr the processor design whose prefetchers were turned off, or {@code off} if none were
 * @param prefetch how dataset items were fetched ahead; {@code auto} where none are
 */
@JsonPropertyOrder({
  "algorithm",
  "mode",
  "engine",
  "threads",
  "pages",
  "cacheInitSeconds",
  "datasetInitSeconds",
  "seconds",
  "hashes",
  "hashesPerSecond",
  "checksum",
  "lanes",
  "instructions",
  "affinity",
  "tables",
  "msr",
  "prefetch"
})
record BenchmarkReport(
    String algorithm,
    String mode,
    String engine,
    int threads,
    String pages,
    double cacheInitSeconds,
    double datasetInitSeconds,
    double seconds,
    long hashes,
    double hashesPerSecond,
    String checksum,
    int lanes,
    String instructions,
    String affinity,
    int tables,
    String msr,
    String prefetch) {

  static BenchmarkReport of(PreparedSeed seed, int threads, BenchmarkResult result, String msr) {
    return new BenchmarkReport(
        seed.algorithm().name(),
        seed.mode().name().toLowerCase(Locale.ROOT),
        seed.engine(),
        threads,
        seed.pages(),
        seconds(seed.cacheInitTime()),
        seconds(seed.datasetInitTime()),
        seconds(result.elapsed()),
        result.hashes(),
        result.hashesPerSecond(),
        String.format("%016x", result.checksum()),
        seed.lanes(),
        seed.instructions(),
        result.cpus().isEmpty() ? "off" : result.cpus().toString(),
        seed.tables(),
        msr,
        seed.prefetch().label());
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }

  String toJson() {
    return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(this);
  }

  String toText() {
    return String.format(
        Locale.ROOT,
        """
        algorithm   %s, %s mode, %s, %d thread%s, %s pages
        lanes       %d, prefetch %s, instructions %s, processors %s, %d table%s, msr %s
        prepared    cache %.2f s, dataset %.2f s
        hashed      %d hashes in %.2f s
        rate        %.2f H/s
        checksum    %s""",
        algorithm,
        mode,
        engine,
        threads,
        threads == 1 ? "" : "s",
        pages,
        lanes,
        prefetch,
        instructions,
        affinity.equals("off") ? "not bound" : affinity,
        tables,
        tables == 1 ? "" : "s",
        msr,
        cacheInitSeconds,
        datasetInitSeconds,
        hashes,
        seconds,
        hashesPerSecond,
        checksum);
  }
}
