package io.p2pmining.benchmarks.opponent;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.benchmarks.contender.Contender;
import io.p2pmining.benchmarks.contender.HashRun;
import io.p2pmining.benchmarks.contender.InitRun;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContenderServerTest {

  /** Answers with what it was asked. */
  private static final class EchoingContender implements Contender {

    @Override
    public String description() {
      return "echo, pages=many";
    }

    @Override
    public String pages() {
      return "thp";
    }

    @Override
    public InitRun firstInit() {
      return new InitRun(0.5, 8, 16);
    }

    @Override
    public HashRun hashFor(double seconds) {
      return new HashRun(10, seconds, 10 / seconds, 20 / seconds, 0);
    }

    @Override
    public InitRun initialise(int threads) {
      return new InitRun(1, 10.0 / threads, 11);
    }

    @Override
    public byte[] hash(byte[] input) {
      return Arrays.copyOf(input, 32);
    }

    @Override
    public void close() {}
  }

  @Test
  void isUnderstoodByTheOtherSide() throws IOException, InterruptedException {
    List<String> lines = serve("run 2.5", "init 4", "hash 01ff", "quit", "run 1");
    assertThat(lines).hasSize(4);
    Reply ready = Reply.parse(lines.get(0));
    assertThat(ready.line()).startsWith("ready ");
    assertThat(ready.initRun()).isEqualTo(new InitRun(0.5, 8, 16));
    assertThat(ready.text("pages")).isEqualTo("thp");
    assertThat(Reply.parse(lines.get(1)).hashRun()).isEqualTo(new HashRun(10, 2.5, 4, 8, 0));
    assertThat(Reply.parse(lines.get(2)).initRun()).isEqualTo(new InitRun(1, 2.5, 11));
    assertThat(lines.get(3)).isEqualTo("hash=01ff" + "00".repeat(30));
  }

  @Test
  void goesOnAfterWhatItDoesNotUnderstand() throws IOException, InterruptedException {
    List<String> lines = serve("dance", "run fast", "init", "hash 0", "run 1");
    assertThat(lines.subList(1, 5)).allMatch(line -> line.startsWith("error "));
    assertThat(lines.get(1)).contains("dance");
    assertThat(lines.get(5)).startsWith("hashes=10 ");
  }

  private static List<String> serve(String... requests) throws IOException, InterruptedException {
    StringWriter out = new StringWriter();
    new ContenderServer(new EchoingContender(), new PrintWriter(out))
        .serve(new BufferedReader(new StringReader(String.join("\n", requests))));
    return out.toString().lines().toList();
  }
}
