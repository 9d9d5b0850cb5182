package io.p2pmining.worker.machine;

import io.p2pmining.common.wire.v1.AlgorithmSupport;
import io.p2pmining.common.wire.v1.Capabilities;
import io.p2pmining.common.wire.v1.Mode;
import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.core.pow.PowAlgorithm;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** What this worker tells its master about the machine and itself. Safe for use by any thread. */
public final class CapabilityReport implements Supplier<Capabilities> {

  /** What the protocol allows for names that hardware gives itself. */
  private static final int MAX_DESCRIPTION_BYTES = 256;

  private static final int MAX_KEYWORD_BYTES = 32;

  private final MachineSurvey survey;
  private final AlgorithmCatalog catalog;
  private final int threads;

  /**
   * A report.
   *
   * @param threads how many threads hash as long as nothing else was learned
   */
  public CapabilityReport(MachineSurvey survey, AlgorithmCatalog catalog, int threads) {
    this.survey = survey;
    this.catalog = catalog;
    this.threads = threads;
  }

  /** The message as of now. */
  @Override
  public Capabilities get() {
    Machine machine = survey.machine();
    Capabilities.Builder report =
        Capabilities.newBuilder()
            .setCores(machine.cores())
            .setMiningThreads(catalog.threads().orElse(threads))
            .setMemoryTotalBytes(machine.memoryTotalBytes())
            .setMemoryAvailableBytes(survey.availableMemoryBytes())
            .setCpuModel(plain(machine.cpuModel(), MAX_DESCRIPTION_BYTES))
            .setArchitecture(plain(machine.architecture(), MAX_KEYWORD_BYTES))
            .setOperatingSystem(plain(machine.operatingSystem(), MAX_DESCRIPTION_BYTES))
            .setAes(machine.aes())
            .setAvx2(machine.avx2())
            .setAvx512(machine.avx512())
            .setL2CacheBytes(machine.l2CacheBytes())
            .setL3CacheBytes(machine.l3CacheBytes())
            .setHugePagesFree(machine.hugePagesFree())
            .setHugePageSizeBytes(machine.hugePageSizeBytes());
    catalog.all().forEach(algorithm -> report.addAlgorithms(support(algorithm)));
    return report.build();
  }

  private AlgorithmSupport support(PowAlgorithm algorithm) {
    return AlgorithmSupport.newBuilder()
        .setAlgorithm(algorithm.name())
        .setMode(onWire(catalog.modeOf(algorithm)))
        .setEngine(catalog.engineOf(algorithm))
        .setMeasuredHashesPerSecond(catalog.rateOf(algorithm))
        .build();
  }

  /** A mode as messages name it. */
  public static Mode onWire(HashingMode mode) {
    return switch (mode) {
      case LIGHT -> Mode.MODE_LIGHT;
      case FULL -> Mode.MODE_FULL;
    };
  }

  /** Printable ASCII only, which the protocol takes anywhere, and not too long. */
  private static String plain(String text, int maxBytes) {
    String ascii =
        new String(text.getBytes(StandardCharsets.US_ASCII), StandardCharsets.US_ASCII)
            .replaceAll("[^ -~]", " ")
            .strip();
    return ascii.substring(0, Math.min(maxBytes, ascii.length()));
  }
}
