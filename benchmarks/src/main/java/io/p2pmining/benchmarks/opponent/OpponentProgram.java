package io.p2pmining.benchmarks.opponent;

import io.p2pmining.benchmarks.contender.Contender;
import io.p2pmining.benchmarks.contender.ContenderException;
import io.p2pmining.benchmarks.contender.HashRun;
import io.p2pmining.benchmarks.contender.InitRun;
import io.p2pmining.benchmarks.contender.Terms;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** A contender in a process of its own that speaks the {@link Protocol}. */
public final class OpponentProgram implements Contender {

  /** Enough to prepare a dataset on one slow thread. */
  private static final Duration PREPARATION_LIMIT = Duration.ofMinutes(10);

  /** How much longer than asked a run may take; a light-mode hash takes long on a busy machine. */
  private static final Duration RUN_LIMIT = Duration.ofMinutes(1);

  private static final Duration EXIT_LIMIT = Duration.ofSeconds(5);

  private final String command;
  private final Process process;
  private final LineChannel lines;
  private Reply ready = Reply.parse("");

  private OpponentProgram(String command, Process process) {
    this.command = command;
    this.process = process;
    lines = new LineChannel(process.getInputStream(), process.getOutputStream());
  }

  /**
   * Starts a program and waits until it is prepared.
   *
   * @param command the program and its own arguments, between blanks; the terms are added
   */
  public static OpponentProgram start(String command, Terms terms) throws InterruptedException {
    List<String> words = new ArrayList<>(List.of(command.strip().split("\\s+")));
    words.addAll(Protocol.arguments(terms));
    OpponentProgram program = new OpponentProgram(command, launch(words));
    boolean complete = false;
    try {
      program.ready = program.receive(PREPARATION_LIMIT);
      if (!program.ready.line().startsWith(Protocol.READY)) {
        throw new ContenderException("not the answer of an opponent: " + program.ready.line());
      }
      complete = true;
      return program;
    } finally {
      if (!complete) {
        program.close();
      }
    }
  }

  private static Process launch(List<String> words) {
    try {
      return new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    } catch (IOException e) {
      throw new ContenderException("cannot start " + words.getFirst() + ": " + e.getMessage(), e);
    }
  }

  private Reply ask(String request, Duration limit) throws InterruptedException {
    lines.send(request);
    return receive(limit);
  }

  private Reply receive(Duration limit) throws InterruptedException {
    String line =
        lines
            .receive(limit)
            .orElseThrow(
                () -> new ContenderException(command + " ended or was silent for " + limit));
    if (line.startsWith(Protocol.ERROR)) {
      throw new ContenderException(command + ": " + line);
    }
    return Reply.parse(line);
  }

  @Override
  public String description() {
    return command + ": " + ready.line();
  }

  @Override
  public String pages() {
    return ready.text(Reply.PAGES);
  }

  @Override
  public InitRun firstInit() {
    return ready.initRun();
  }

  @Override
  public HashRun hashFor(double seconds) throws InterruptedException {
    Duration limit = RUN_LIMIT.plusMillis((long) (seconds * 1000));
    return ask(String.format(Locale.ROOT, "%s %.3f", Protocol.RUN, seconds), limit).hashRun();
  }

  @Override
  public InitRun initialise(int threads) throws InterruptedException {
    return ask(Protocol.INIT + " " + threads, PREPARATION_LIMIT).initRun();
  }

  @Override
  public byte[] hash(byte[] input) throws InterruptedException {
    String request = Protocol.HASH + " " + HexFormat.of().formatHex(input);
    Reply reply = ask(request, RUN_LIMIT);
    try {
      return HexFormat.of().parseHex(reply.text(Reply.HASH));
    } catch (IllegalArgumentException e) {
      throw new ContenderException("not a hash: " + reply.line(), e);
    }
  }

  /** Asks it to end, and ends it if it does not. */
  @Override
  public void close() {
    try {
      lines.send(Protocol.QUIT);
      if (!process.waitFor(EXIT_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (ContenderException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    } finally {
      lines.close();
    }
  }
}
