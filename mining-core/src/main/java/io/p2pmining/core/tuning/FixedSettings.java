package io.p2pmining.core.tuning;

import io.p2pmining.core.cpu.Affinity;
import io.p2pmining.core.memory.PagePolicy;
import io.p2pmining.core.pow.EngineSettings;
import io.p2pmining.core.pow.PrefetchMode;
import java.util.Locale;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * What the machine's owner has decided, so that it is not tuned.
 *
 * @param lanes how many hashes a thread computes side by side; {@link EngineSettings#AUTO_LANES} if
 *     that is open
 * @param prefetch how what is read of the dataset is fetched ahead; {@link PrefetchMode#AUTO} if
 *     that is open
 * @param threads how many threads hash; null if that is open
 * @param affinity the processors they are bound to; {@link Affinity#AUTO} if that is open
 * @param pages the pages under scratchpads and larger tables; {@link PagePolicy#AUTO} if that is
 *     open
 */
public record FixedSettings(
    int lanes,
    PrefetchMode prefetch,
    @Nullable Integer threads,
    Affinity affinity,
    PagePolicy pages) {

  /** Nothing is decided. */
  public static final FixedSettings NONE =
      new FixedSettings(
          EngineSettings.AUTO_LANES, PrefetchMode.AUTO, null, Affinity.AUTO, PagePolicy.AUTO);

  boolean fixesLanes() {
    return lanes != EngineSettings.AUTO_LANES;
  }

  boolean fixesPrefetch() {
    return prefetch != PrefetchMode.AUTO;
  }

  /** A list of processors says how many threads there are. */
  boolean fixesThreads() {
    return threads != null || affinity instanceof Affinity.Listed;
  }

  boolean fixesAffinity() {
    return !(affinity instanceof Affinity.Planned);
  }

  boolean fixesPages() {
    return pages != PagePolicy.AUTO;
  }

  /** What is decided, such as {@code lanes=2 threads=4}; empty if nothing is. */
  public String label() {
    StringJoiner label = new StringJoiner(" ");
    if (fixesLanes()) {
      label.add("lanes=" + lanes);
    }
    if (fixesPrefetch()) {
      label.add("prefetch=" + prefetch.label());
    }
    if (threads != null) {
      label.add("threads=" + threads);
    }
    if (fixesAffinity()) {
      label.add("affinity=" + affinity.toString().toLowerCase(Locale.ROOT));
    }
    if (fixesPages()) {
      label.add("pages=" + pages.label());
    }
    return label.toString();
  }
}
