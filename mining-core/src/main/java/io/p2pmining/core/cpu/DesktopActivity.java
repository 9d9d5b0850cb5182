package io.p2pmining.core.cpu;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether somebody sits at the machine: a graphical session that is in front, not locked, and whose
 * desktop has not declared itself idle to systemd's logind. Desktops that never declare it count as
 * used for as long as somebody is logged in.
 *
 * <p>Asks {@code loginctl}, whose output of properties is meant for programs. The files of logind
 * under {@code /run/systemd} are not, and do not say who is idle. Asking takes two short processes
 * and no longer than twice the limit of time: ask now and then, and not from a thread in a hurry.
 */
public final class DesktopActivity {

  private static final Set<String> GRAPHICAL = Set.of("x11", "wayland", "mir");

  /** More sessions than that are not looked at. */
  private static final int MAX_SESSIONS = 64;

  private final ShortCommand command;

  /** Asks this system. */
  public DesktopActivity() {
    this(ShortCommand.ofSystem());
  }

  DesktopActivity(ShortCommand command) {
    this.command = command;
  }

  /** Whether a person uses the desktop now; unknown where there is no logind to ask. */
  public Answer active() {
    Optional<List<String>> sessions =
        command.run(List.of("loginctl", "--no-legend", "--no-pager", "list-sessions"));
    if (sessions.isEmpty()) {
      return Answer.UNKNOWN;
    }
    List<String> ask = new ArrayList<>(List.of("loginctl", "--no-pager", "show-session"));
    for (String property : List.of("Type", "Class", "Active", "Remote", "IdleHint", "LockedHint")) {
      ask.add("--property=" + property);
    }
    List<String> names =
        sessions.get().stream()
            .map(line -> line.strip().split("\\s+", 2)[0])
            .filter(name -> name.matches("\\w{1,64}"))
            .limit(MAX_SESSIONS)
            .toList();
    if (names.isEmpty()) {
      return Answer.NO;
    }
    ask.addAll(names);
    return command.run(ask).map(DesktopActivity::anyInUse).orElse(Answer.UNKNOWN);
  }

  /** Reads the properties of sessions, which empty lines set apart. */
  private static Answer anyInUse(List<String> lines) {
    for (String session : String.join("\n", lines).split("\n\n+")) {
      Set<String> properties = Set.copyOf(session.lines().toList());
      boolean graphical = GRAPHICAL.stream().anyMatch(type -> properties.contains("Type=" + type));
      if (graphical
          && properties.containsAll(Set.of("Class=user", "Active=yes", "IdleHint=no"))
          && !properties.contains("Remote=yes")
          && !properties.contains("LockedHint=yes")) {
        return Answer.YES;
      }
    }
    return Answer.NO;
  }
}
