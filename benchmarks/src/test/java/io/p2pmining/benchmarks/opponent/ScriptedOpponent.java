package io.p2pmining.benchmarks.opponent;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * An opponent that computes nothing: prints the words of its first argument, with {@code %ARGS%}
 * for all further arguments, and then its further lines, one after each line that it reads. Ends
 * when they are used up.
 */
public final class ScriptedOpponent {

  private ScriptedOpponent() {}

  /**
   * The command that starts one.
   *
   * @param lines answers without a blank; a {@code +} becomes one
   */
  public static String command(String... lines) {
    return String.join(
        " ",
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xshare:auto",
        "-XX:TieredStopAtLevel=1",
        "-cp",
        System.getProperty("java.class.path"),
        ScriptedOpponent.class.getName(),
        String.join("|", lines));
  }

  public static void main(String[] arguments) throws IOException {
    List<String> terms = Arrays.asList(arguments).subList(1, arguments.length);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    String[] lines = arguments[0].split("\\|", -1);
    for (int i = 0; i < lines.length; i++) {
      String request = i == 0 ? "" : in.readLine();
      if (request == null) {
        return;
      }
      System.out.println(
          lines[i]
              .replace('+', ' ')
              .replace("%ARGS%", String.join(",", terms))
              .replace("%REQUEST%", request.replace(' ', ',')));
    }
  }
}
