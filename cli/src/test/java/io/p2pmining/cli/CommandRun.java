package io.p2pmining.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/** One command, run inside the test's JVM. */
public record CommandRun(int status, String out, String err) {

  public static CommandRun of(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status =
        P2pmine.commandLine(new PrintWriter(out, true), new PrintWriter(err, true)).execute(args);
    return new CommandRun(status, out.toString(), err.toString());
  }

  public List<String> outLines() {
    return out.lines().toList();
  }

  public List<String> errLines() {
    return err.lines().toList();
  }
}
