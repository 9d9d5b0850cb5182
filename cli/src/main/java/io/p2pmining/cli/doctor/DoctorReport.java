package io.p2pmining.cli.doctor;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.p2pmining.cli.terminal.Palette;
import io.p2pmining.cli.terminal.Text;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import tools.jackson.databind.json.JsonMapper;

/**
 * What {@code doctor} prints. The names and their order are an interface that scripts rely on.
 *
 * @param level the worst of all findings
 * @param checks what was found, in the order of the checks
 */
@JsonPropertyOrder({"level", "checks"})
record DoctorReport(Level level, List<Finding> checks) {

  private static final int NAME_WIDTH = 13;
  private static final int LEVEL_WIDTH = 4;

  /** Findings and remedies stand below each other. */
  private static final String MARGIN = " ".repeat(LEVEL_WIDTH + 2 + NAME_WIDTH + 2);

  /** Less is too narrow to read; then lines are wrapped by the terminal. */
  private static final int LEAST_TEXT = 20;

  static DoctorReport of(List<Finding> findings) {
    Level worst =
        findings.stream().map(Finding::level).max(Comparator.naturalOrder()).orElse(Level.OK);
    return new DoctorReport(worst, List.copyOf(findings));
  }

  String toJson() {
    return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(this);
  }

  List<String> toLines(OptionalInt columns, Palette palette) {
    OptionalInt width =
        columns.isPresent()
            ? OptionalInt.of(Math.max(LEAST_TEXT, columns.getAsInt() - MARGIN.length()))
            : OptionalInt.empty();
    List<String> lines = new ArrayList<>();
    for (Finding finding : checks) {
      String head =
          palette.paint(
                  finding.level().tone(), Text.pad(finding.level().label(), LEVEL_WIDTH, false))
              + "  "
              + Text.pad(finding.name(), NAME_WIDTH, false)
              + "  ";
      for (String line : Text.wrap(Text.clean(finding.finding()), width)) {
        lines.add((head.isEmpty() ? MARGIN : head) + line);
        head = "";
      }
      if (!finding.remedy().isEmpty()) {
        Text.wrap("→ " + Text.clean(finding.remedy()), width)
            .forEach(line -> lines.add(MARGIN + line));
      }
    }
    lines.add("");
    lines.add(palette.paint(level.tone(), summary()));
    return lines;
  }

  private String summary() {
    long fails = count(Level.FAIL);
    long warnings = count(Level.WARN);
    if (level == Level.OK) {
      return "all is well";
    }
    return "%d %s, %d %s"
        .formatted(
            fails,
            fails == 1 ? "check fails" : "checks fail",
            warnings,
            warnings == 1 ? "warning" : "warnings");
  }

  private long count(Level wanted) {
    return checks.stream().filter(finding -> finding.level() == wanted).count();
  }
}
