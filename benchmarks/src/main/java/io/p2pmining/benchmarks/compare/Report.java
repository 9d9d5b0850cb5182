package io.p2pmining.benchmarks.compare;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.p2pmining.benchmarks.contender.Mode;
import io.p2pmining.benchmarks.contender.Terms;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a comparison found. The names of its JSON form are for scripts.
 *
 * @param terms what both had to do
 * @param parts one for each mode that was measured
 */
@JsonPropertyOrder({"terms", "parts"})
record Report(Terms terms, List<Part> parts) {

  /**
   * Contenders in one mode.
   *
   * @param ours what our contender is
   * @param theirs what the other is
   * @param allocatedBytesPerHash the most that our threads took from the Java heap in any run
   */
  @JsonPropertyOrder({"mode", "ours", "theirs", "findings", "allocatedBytesPerHash"})
  record Part(
      Mode mode, String ours, String theirs, List<Finding> findings, double allocatedBytesPerHash) {

    String toText() {
      StringBuilder text = new StringBuilder();
      text.append(String.format("ours    %s%ntheirs  %s%n", ours, theirs));
      findings.forEach(finding -> text.append(finding.toText()));
      text.append(
          String.format(
              Locale.ROOT, "ours allocated at most %.3f bytes a hash%n", allocatedBytesPerHash));
      return text.toString();
    }
  }

  String toJson() {
    return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(this);
  }

  String toText() {
    return String.format(
            Locale.ROOT,
            "%s on %s pages, threads: %d hash, %d prepare%n",
            terms.algorithm(),
            terms.pages().label(),
            terms.threads(),
            terms.initThreads())
        + String.join("\n", parts.stream().map(Part::toText).toList());
  }
}
