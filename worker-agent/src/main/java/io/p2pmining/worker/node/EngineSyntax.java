package io.p2pmining.worker.node;

import static io.p2pmining.worker.node.WorkerSettings.require;

import io.p2pmining.core.cpu.Affinity;
import io.p2pmining.core.memory.PagePolicy;
import io.p2pmining.core.pow.EngineSettings;
import java.util.Arrays;
import java.util.stream.Collectors;

/** How settings about the engine are written. What is not so is refused with the rule. */
final class EngineSyntax {

  private static final String AUTO = "auto";

  /** What YAML makes of an {@code off} without quotes. */
  private static final String YAML_OFF = "false";

  private EngineSyntax() {}

  /** Refuses what is not written so. */
  static void check(String interleave, String pages, String affinity) {
    int ignoredLanes = lanes(interleave);
    PagePolicy ignoredPages = pages(pages);
    Affinity ignoredAffinity = affinity(affinity);
  }

  static int lanes(String interleave) {
    if (interleave.equals(AUTO)) {
      return EngineSettings.AUTO_LANES;
    }
    require(
        interleave.matches("[1-" + EngineSettings.MAX_LANES + "]"),
        "interleave must be auto or 1 to " + EngineSettings.MAX_LANES);
    return Integer.parseInt(interleave);
  }

  static PagePolicy pages(String label) {
    for (PagePolicy policy : PagePolicy.values()) {
      if (policy.label().equals(label)) {
        return policy;
      }
    }
    throw new IllegalArgumentException(
        "pages must be "
            + Arrays.stream(PagePolicy.values())
                .map(PagePolicy::label)
                .collect(Collectors.joining(" or ")));
  }

  static Affinity affinity(String text) {
    try {
      return text.equals(YAML_OFF) ? Affinity.OFF : Affinity.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("affinity " + e.getMessage());
    }
  }
}
