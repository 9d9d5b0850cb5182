package io.p2pmining.benchmarks.opponent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.p2pmining.benchmarks.contender.ContenderException;
import io.p2pmining.benchmarks.contender.HashRun;
import io.p2pmining.benchmarks.contender.InitRun;
import io.p2pmining.benchmarks.contender.Mode;
import io.p2pmining.benchmarks.contender.PageKind;
import io.p2pmining.benchmarks.contender.Terms;
import org.junit.jupiter.api.Test;

class OpponentProgramTest {

  private static final Terms TERMS = new Terms("rx/2", Mode.LIGHT, 3, 4, PageKind.HUGE);
  private static final String READY = "ready+cacheInitSeconds=0.5+datasetInitSeconds=2+pages=2m";

  @Test
  void tellsTheTermsAndHearsWhatPreparingTook() throws InterruptedException {
    String ready =
        "ready+extra+args=%ARGS%+pages=2m+datasetInitSeconds=7.5+cacheInitSeconds=0.25"
            + "+initProcessorSeconds=30";
    try (OpponentProgram opponent = start(ready)) {
      assertThat(opponent.firstInit()).isEqualTo(new InitRun(0.25, 7.5, 30));
      assertThat(opponent.pages()).isEqualTo("2m");
      assertThat(opponent.description())
          .contains("args=--algo,rx/2,--threads,3,--init-threads,4,--pages,2m,--mode,light");
    }
  }

  @Test
  void runsInitialisesAndHashes() throws InterruptedException {
    try (OpponentProgram opponent =
        start(
            READY,
            "hashes=300+seconds=2.5+hashesPerSecond=120+asked=%REQUEST%",
            "hashes=1+seconds=1+hashesPerSecond=1+hashesPerProcessorSecond=2",
            "cacheInitSeconds=1+datasetInitSeconds=0",
            "hash=00ff")) {
      assertThat(opponent.hashFor(2.5)).isEqualTo(new HashRun(300, 2.5, 120, 120, 0));
      assertThat(opponent.hashFor(1)).isEqualTo(new HashRun(1, 1, 1, 2, 0));
      assertThat(opponent.initialise(1)).isEqualTo(new InitRun(1, 0, 1));
      assertThat(opponent.hash(new byte[] {1})).containsExactly(0, 0xff);
    }
  }

  @Test
  void asksInTheWordsOfTheProtocol() throws InterruptedException {
    String echo = "error+%REQUEST%";
    try (OpponentProgram opponent = start(READY, echo, echo, echo)) {
      assertThatExceptionOfType(ContenderException.class)
          .isThrownBy(() -> opponent.hashFor(0.25))
          .withMessageContaining("error run,0.250");
      assertThatExceptionOfType(ContenderException.class)
          .isThrownBy(() -> opponent.initialise(2))
          .withMessageContaining("error init,2");
      assertThatExceptionOfType(ContenderException.class)
          .isThrownBy(() -> opponent.hash(new byte[] {1, (byte) 0xab}))
          .withMessageContaining("error hash,01ab");
    }
  }

  @Test
  void saysWhatIsWrongWithAnAnswer() throws InterruptedException {
    try (OpponentProgram opponent =
        start(
            READY,
            "hashes=3+seconds=1",
            "hashes=3+seconds=1+hashesPerSecond=fast",
            "hashes=3+seconds=1+hashesPerSecond=-2",
            "hash=xyz")) {
      assertThatExceptionOfType(ContenderException.class)
          .isThrownBy(() -> opponent.hashFor(1))
          .withMessageContaining("no hashesPerSecond: hashes=3 seconds=1");
      assertThatExceptionOfType(ContenderException.class)
          .isThrownBy(() -> opponent.hashFor(1))
          .withMessageContaining("bad hashesPerSecond");
      assertThatExceptionOfType(ContenderException.class)
          .isThrownBy(() -> opponent.hashFor(1))
          .withMessageContaining("bad hashesPerSecond");
      assertThatExceptionOfType(ContenderException.class)
          .isThrownBy(() -> opponent.hash(new byte[1]))
          .withMessageContaining("not a hash: hash=xyz");
    }
  }

  @Test
  void noticesAnOpponentThatEnds() throws InterruptedException {
    try (OpponentProgram opponent = start(READY)) {
      assertThatExceptionOfType(ContenderException.class)
          .isThrownBy(() -> opponent.hashFor(0.1))
          .withMessageContaining("ended");
    }
  }

  @Test
  void refusesProgramsThatAreNoOpponents() {
    assertThatExceptionOfType(ContenderException.class)
        .isThrownBy(() -> start("Usage:+something"))
        .withMessageContaining("not the answer of an opponent: Usage: something");
    assertThatExceptionOfType(ContenderException.class)
        .isThrownBy(() -> OpponentProgram.start("/nonexistent/miner --fast", TERMS))
        .withMessageContaining("cannot start /nonexistent/miner");
    assertThatExceptionOfType(ContenderException.class)
        .isThrownBy(() -> start("error+no+2m+pages"))
        .withMessageContaining("error no 2m pages");
  }

  private static OpponentProgram start(String... lines) throws InterruptedException {
    return OpponentProgram.start(ScriptedOpponent.command(lines), TERMS);
  }
}
