package io.p2pmining.master.verify;

import io.p2pmining.common.settings.NeedsRestart;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What verification may take.
 *
 * @param threads how many shares are verified at once; 0 for a quarter of the cores, at least one
 * @param queue how many shares may wait; a worker whose share finds no room is disconnected and
 *     sends it again later
 * @param seeds how many prepared keys are kept, 256 MiB each with RandomX: two, so that the next
 *     key is ready when it comes
 */
@NeedsRestart("threads and memory are taken at the start")
@Validated
@ConfigurationProperties("p2pmine.master.verification")
public record VerificationSettings(
    @Min(0) @Max(256) @DefaultValue("0") int threads,
    @Min(1) @Max(100_000) @DefaultValue("1000") int queue,
    @Min(1) @Max(16) @DefaultValue("2") int seeds) {

  private static final int CORES_PER_THREAD = 4;

  /** The number of threads, the default worked out. */
  public int actualThreads() {
    int cores = Runtime.getRuntime().availableProcessors();
    return threads > 0 ? threads : Math.max(1, cores / CORES_PER_THREAD);
  }
}
