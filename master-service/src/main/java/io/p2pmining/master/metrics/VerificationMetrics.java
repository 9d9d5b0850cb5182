package io.p2pmining.master.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.p2pmining.master.verify.PooledVerifier;
import org.springframework.stereotype.Component;

/** The verification of shares. */
@Component
final class VerificationMetrics implements MeterBinder {

  private final PooledVerifier verifier;

  VerificationMetrics(PooledVerifier verifier) {
    this.verifier = verifier;
  }

  @Override
  public void bindTo(MeterRegistry meters) {
    Timer waits =
        Timer.builder("p2pmine.verification.wait.duration")
            .description("How long a share waited for a thread that recomputes it")
            .serviceLevelObjectives(Buckets.milliseconds(1, 10, 100, 1000, 10_000, 60_000))
            .register(meters);
    Timer hashes =
        Timer.builder("p2pmine.verification.duration")
            .description("How long it took to recompute a share's hash")
            .serviceLevelObjectives(Buckets.milliseconds(1, 3, 10, 30, 100, 300, 1000))
            .register(meters);
    verifier.listen(
        (waited, took) -> {
          waits.record(waited);
          hashes.record(took);
        });
    Gauge.builder("p2pmine.verification.queue.size", verifier, PooledVerifier::waiting)
        .description("Shares that wait to be verified")
        .register(meters);
    Gauge.builder("p2pmine.verification.queue.free", verifier, PooledVerifier::room)
        .description("Shares that still find room to wait")
        .register(meters);
    Gauge.builder(
            "p2pmine.verification.capacity.per.second",
            verifier,
            PooledVerifier::verificationsPerSecond)
        .description("Shares that could be verified in a second, as measured lately")
        .register(meters);
    FunctionCounter.builder(
            "p2pmine.verification.disagreements", verifier, PooledVerifier::disagreements)
        .description("Hashes that generated code got wrong on this machine")
        .register(meters);
    FunctionCounter.builder("p2pmine.verifications", verifier, PooledVerifier::verified)
        .description("Shares that were recomputed")
        .register(meters);
  }
}
