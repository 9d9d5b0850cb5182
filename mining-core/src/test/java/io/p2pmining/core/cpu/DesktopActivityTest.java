package io.p2pmining.core.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DesktopActivityTest {

  private static final String USED =
      "Type=wayland\nRemote=no\nClass=user\nActive=yes\nIdleHint=no\nLockedHint=no";
  private static final String SECURE_SHELL =
      "Type=tty\nRemote=yes\nClass=user\nActive=yes\nIdleHint=no\nLockedHint=no";

  private final List<List<String>> asked = new ArrayList<>();

  private Answer answer(String sessions, String properties) {
    return new DesktopActivity(
            command -> {
              asked.add(command);
              String output = command.contains("list-sessions") ? sessions : properties;
              return Optional.of(output.lines().toList());
            })
        .active();
  }

  @Test
  void isUseOfAGraphicalSession() {
    assertThat(answer(" 2 1000 anna seat0 tty2\nc1 42 gdm seat0 tty1\n", USED))
        .isEqualTo(Answer.YES);
    assertThat(asked.getLast()).startsWith("loginctl").endsWith("2", "c1");
    assertThat(answer("2 1000 anna", SECURE_SHELL + "\n\n" + USED)).isEqualTo(Answer.YES);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "IdleHint=no>IdleHint=yes",
        "LockedHint=no>LockedHint=yes",
        "Active=yes>Active=no",
        "Remote=no>Remote=yes",
        "Class=user>Class=greeter",
        "Type=wayland>Type=tty"
      })
  void isNotWhatNobodyUses(String change) {
    String[] change2 = change.split(">", 2);
    assertThat(answer("2 1000 anna", USED.replace(change2[0], change2[1]))).isEqualTo(Answer.NO);
  }

  @Test
  void isNotWhereNobodyIsLoggedIn() {
    assertThat(answer("", "unasked")).isEqualTo(Answer.NO);
    assertThat(asked).hasSize(1);
  }

  @Test
  void isUnknownWithoutAnswers() {
    assertThat(new DesktopActivity(command -> Optional.empty()).active()).isEqualTo(Answer.UNKNOWN);
    ShortCommand deafToProperties =
        command ->
            command.contains("list-sessions") ? Optional.of(List.of("1 0")) : Optional.empty();
    assertThat(new DesktopActivity(deafToProperties).active()).isEqualTo(Answer.UNKNOWN);
  }
}
