package io.p2pmining.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Asks a real bash. */
class CompletionCommandTest {

  @TempDir Path directory;

  @Test
  void completesCommandsAndTheirOptions() throws Exception {
    assertThat(completionsOf("")).contains("up", "status", "peers", "doctor", "completion");
    assertThat(completionsOf("sta")).containsExactly("status");
    assertThat(completionsOf("status", "--w")).containsExactly("--watch");
    assertThat(completionsOf("bench", "--eng")).containsExactly("--engine");
  }

  /** What bash would offer after {@code p2pmine} and these words, the last of them unfinished. */
  private List<String> completionsOf(String... words) throws IOException, InterruptedException {
    Path script = directory.resolve("completion");
    Files.writeString(script, CommandRun.of("completion").out());
    String typed = "p2pmine " + String.join(" ", words);
    List<String> command =
        new ArrayList<>(
            List.of(
                "bash",
                "-c",
                """
                source "$1"
                COMP_WORDS=(p2pmine "${@:2}"); COMP_CWORD=$(($# - 1))
                COMP_LINE="%s"; COMP_POINT=${#COMP_LINE}
                _complete_p2pmine
                printf '%%s\\n' "${COMPREPLY[@]}"
                """
                    .formatted(typed),
                "bash",
                script.toString()));
    command.addAll(List.of(words));
    // Some versions complain that no key was pressed.
    Process bash =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String offered = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    bash.waitFor();
    return offered.lines().map(String::strip).toList();
  }
}
