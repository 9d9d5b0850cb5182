package io.p2pmining.benchmarks.services;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@EnabledOnOs(value = OS.LINUX, disabledReason = "memory is read from /proc")
class ServiceCostsTest {

  @TempDir private Path directory;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void startsBothAndTellsTheWorkerWhereTheMasterIs() throws Exception {
    Path launcher =
        launcher(
            """
            echo "$@" >>%s
            echo '{"httpPort":80,"p2pPort":1234}' >"$3/$1.json"
            exec sleep 60
            """
                .formatted(directory.resolve("calls")));

    assertThat(run("--runs=2", "--shares=0", "--launcher=" + launcher)).as("%s", err).isZero();
    assertThat(out.toString())
        .contains(
            "2 runs", "master, seconds until ready", "worker, seconds until ready", "MiB beside");
    assertThat(Files.readAllLines(directory.resolve("calls")))
        .hasSize(4)
        .anyMatch(line -> line.startsWith("worker ") && line.contains("--master=127.0.0.1:1234"));
  }

  @Test
  void saysWhatAServiceSaidThatDoesNotStart() throws Exception {
    Path launcher = launcher("echo 'port 9740 is taken'; exit 1\n");

    assertThat(run("--launcher=" + launcher)).isEqualTo(1);
    assertThat(err.toString()).contains("master does not start: port 9740 is taken");
  }

  private Path launcher(String text) throws IOException {
    Path file = directory.resolve("launcher");
    Files.writeString(file, "#!/usr/bin/env bash\n" + text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private int run(String... arguments) {
    return new CommandLine(new ServiceCosts())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }
}
