package io.p2pmining.core.tuning;

import io.p2pmining.core.cpu.CpuFeatures;
import io.p2pmining.core.pow.PreparedSeed;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * For what a result of tuning holds.
 *
 * @param cpu the processor's own name, or its architecture
 * @param processors how many hardware threads this process may use
 * @param version of the product
 * @param algorithm its name
 * @param mode {@code light} or {@code full}
 * @param pages the kind of pages under the large tables
 * @param instructions the newest extensions that machine code uses
 * @param tables how often the largest table is there, once for each NUMA node or once for all
 * @param fixed what the owner decided, see {@link FixedSettings#label()}
 */
public record TuningKey(
    String cpu,
    int processors,
    String version,
    String algorithm,
    String mode,
    String pages,
    String instructions,
    int tables,
    String fixed) {

  private static final String UNRELEASED = "dev";

  /**
   * The key for a seed on this machine.
   *
   * @param processors how many hardware threads this process may use
   * @param version of the product; null when it is not packaged
   */
  public static TuningKey of(
      PreparedSeed seed, int processors, @Nullable String version, FixedSettings fixed) {
    String brand = CpuFeatures.detect().brand();
    return new TuningKey(
        brand.isEmpty() ? System.getProperty("os.arch", "") : brand,
        processors,
        Objects.requireNonNullElse(version, UNRELEASED),
        seed.algorithm().name(),
        seed.mode().name().toLowerCase(Locale.ROOT),
        seed.pages(),
        seed.instructions(),
        seed.tables(),
        fixed.label());
  }
}
