package io.p2pmining.benchmarks.engine;

import io.p2pmining.benchmarks.contender.Contender;
import io.p2pmining.benchmarks.contender.ContenderException;
import io.p2pmining.benchmarks.contender.HashRun;
import io.p2pmining.benchmarks.contender.HashingThreads;
import io.p2pmining.benchmarks.contender.InitRun;
import io.p2pmining.benchmarks.contender.Mode;
import io.p2pmining.benchmarks.contender.Stopwatch;
import io.p2pmining.benchmarks.contender.Terms;
import io.p2pmining.core.pow.EngineSettings;
import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.core.pow.PowAlgorithm;
import io.p2pmining.core.pow.PowAlgorithms;
import io.p2pmining.core.pow.Preparation;
import io.p2pmining.core.pow.PreparedSeed;
import java.time.Duration;

/** An engine of this project, in this process. */
public final class EngineContender implements Contender {

  private static final double NANOS_PER_SECOND = 1e9;

  private final PowAlgorithm algorithm;
  private final Terms terms;
  private final EngineSettings settings;
  private PreparedSeed seed;
  private final InitRun firstInit;
  private HashingThreads threads;
  private final int lanes;

  private EngineContender(PowAlgorithm algorithm, Terms terms, EngineSettings settings)
      throws InterruptedException {
    this.algorithm = algorithm;
    this.terms = terms;
    this.settings = settings;
    Stopwatch stopwatch = new Stopwatch();
    seed = prepare(terms.initThreads());
    firstInit = initRun(stopwatch);
    threads = startThreads();
    lanes = lanesOf(seed);
  }

  /**
   * Prepares for hashing.
   *
   * @param settings what to use; the pages are those of the terms
   * @throws ContenderException if there is no such algorithm
   */
  public static EngineContender open(Terms terms, EngineSettings settings)
      throws InterruptedException {
    if (terms.mode() == Mode.MASKED) {
      throw new ContenderException("the engine cannot mask its reads of the dataset");
    }
    PowAlgorithms algorithms = PowAlgorithms.load();
    PowAlgorithm algorithm =
        algorithms
            .find(terms.algorithm())
            .orElseThrow(
                () ->
                    new ContenderException(
                        "no algorithm " + terms.algorithm() + "; there are " + algorithms.names()));
    return new EngineContender(algorithm, terms, settings.withPages(terms.pages().policy()));
  }

  private PreparedSeed prepare(int initThreads) throws InterruptedException {
    HashingMode mode = terms.mode() == Mode.FULL ? HashingMode.FULL : HashingMode.LIGHT;
    return algorithm.prepare(
        Terms.key(), mode, Preparation.onThreads(initThreads).withEngine(settings));
  }

  private InitRun initRun(Stopwatch stopwatch) {
    return new InitRun(
        seconds(seed.cacheInitTime()),
        seconds(seed.datasetInitTime()),
        stopwatch.processorSeconds());
  }

  private HashingThreads startThreads() throws InterruptedException {
    PreparedSeed prepared = seed;
    return HashingThreads.start(
        terms.threads(), () -> new PipelineLoop(algorithm, prepared.newPipeline()));
  }

  private static int lanesOf(PreparedSeed seed) {
    try (var pipeline = seed.newPipeline()) {
      return pipeline.lanes();
    }
  }

  @Override
  public String description() {
    return "engine %s, %s mode, %d lanes, %s"
        .formatted(seed.engine(), terms.mode().label(), lanes, settings);
  }

  @Override
  public String pages() {
    return seed.pages();
  }

  @Override
  public InitRun firstInit() {
    return firstInit;
  }

  @Override
  public HashRun hashFor(double seconds) throws InterruptedException {
    return threads.hashFor(seconds);
  }

  @Override
  public InitRun initialise(int initThreads) throws InterruptedException {
    threads.close();
    seed.close();
    Stopwatch stopwatch = new Stopwatch();
    seed = prepare(initThreads);
    InitRun run = initRun(stopwatch);
    threads = startThreads();
    return run;
  }

  @Override
  public byte[] hash(byte[] input) throws InterruptedException {
    return threads.hash(input);
  }

  @Override
  public void close() {
    threads.close();
    seed.close();
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / NANOS_PER_SECOND;
  }
}
