package io.p2pmining.master.source.monero;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.common.monero.MoneroAddress;
import io.p2pmining.common.work.Bytes;
import io.p2pmining.master.job.BlockOutcome;
import io.p2pmining.master.job.BlockOutcome.State;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Submitting a block to scripted daemons; the pauses between rounds move a driven clock. */
class BlockPursuitTest {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration AMPLE = Duration.ofSeconds(20);
  private static final long HEIGHT = 364;
  private static final Bytes ID = Bytes.ofHex("ab".repeat(32));
  private static final String OTHER = "cd".repeat(32);
  private static final MinedBlock BLOCK = new MinedBlock(HEIGHT, ID, Bytes.ofHex("1010ff"));

  private static final String SUBMIT = "submit_block";
  private static final String BY_HEIGHT = "get_block_header_by_height";
  private static final String BY_HASH = "get_block_header_by_hash";

  private final DrivenClock clock = new DrivenClock();
  private final Instant begin = clock.instant();
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Node> nodes = new ArrayList<>();
  private final AtomicInteger taken = new AtomicInteger();
  private ScriptedDaemon first;
  private ScriptedDaemon second;

  @BeforeEach
  void start() throws IOException {
    first = new ScriptedDaemon();
    second = new ScriptedDaemon();
    withoutBlock(first);
    withoutBlock(second);
  }

  @AfterEach
  void stop() {
    executor.shutdownNow();
    nodes.forEach(Node::close);
    first.close();
    second.close();
  }

  @Test
  void isAcceptedWhenTheHeaderAtItsHeightIsItsOwn() throws Exception {
    takes(first);

    BlockOutcome outcome = pursue(first, second);

    assertThat(outcome.state()).isEqualTo(State.ACCEPTED);
    assertThat(outcome.blockId()).isEqualTo(ID);
    assertThat(first.requests().getFirst().path("method").asString()).isEqualTo(SUBMIT);
    assertThat(first.requests().getFirst().path("params").path(0).asString()).isEqualTo("1010ff");
    assertThat(second.requests()).as("nobody else is asked").isEmpty();
    assertThat(taken).hasValue(1);
    assertThat(clock.instant()).as("without any delay").isEqualTo(begin);
  }

  @Test
  void isOrphanedWhenTheDaemonsOkWasForABlockBesideTheMainChain() throws Exception {
    first.reply(SUBMIT, ScriptedDaemon.result("{}"));
    first.reply(BY_HEIGHT, ScriptedDaemon.header(HEIGHT, OTHER));
    first.reply(BY_HASH, ScriptedDaemon.header(HEIGHT, ID.toHex()));

    BlockOutcome outcome = pursue(first);

    assertThat(outcome.state()).isEqualTo(State.ORPHANED);
    assertThat(first.requests(SUBMIT)).isEqualTo(1);
    assertThat(elapsed()).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(15));
  }

  @Test
  void isAcceptedWhenItsBranchBecomesTheMainChainMeanwhile() throws Exception {
    AtomicInteger looks = new AtomicInteger();
    first.reply(SUBMIT, ScriptedDaemon.result("{}"));
    first.reply(
        BY_HEIGHT,
        (exchange, request) ->
            ScriptedDaemon.header(HEIGHT, looks.incrementAndGet() < 3 ? OTHER : ID.toHex())
                .send(exchange, request));
    first.reply(BY_HASH, ScriptedDaemon.header(HEIGHT, ID.toHex()));

    assertThat(pursue(first).state()).isEqualTo(State.ACCEPTED);
  }

  @Test
  void isOfferedAgainToADaemonThatIsBusyWithoutAnError() throws Exception {
    AtomicInteger offers = new AtomicInteger();
    first.reply(
        SUBMIT,
        (exchange, request) -> {
          if (offers.incrementAndGet() < 4) {
            ScriptedDaemon.busy().send(exchange, request);
          } else {
            takes(first);
            ScriptedDaemon.result("{}").send(exchange, request);
          }
        });

    assertThat(pursue(first).state()).isEqualTo(State.ACCEPTED);
    assertThat(offers).hasValue(4);
  }

  @Test
  void goesToTheOtherNodeWhenTheFirstIsBusy() throws Exception {
    first.reply(SUBMIT, ScriptedDaemon.busy());
    takes(second);

    assertThat(pursue(first, second).state()).isEqualTo(State.ACCEPTED);
    assertThat(clock.instant()).as("without any delay").isEqualTo(begin);
  }

  @Test
  void goesToTheOtherNodeWhenTheFirstIsSilent() throws Exception {
    first.reply(SUBMIT, first.silence());
    takes(second);

    assertThat(pursue(first, second).state()).isEqualTo(State.ACCEPTED);
    assertThat(clock.instant()).as("without any delay").isEqualTo(begin);
  }

  @Test
  void goesToTheOtherNodeWhenTheFirstLacksTheBlockBelow() throws Exception {
    first.reply(SUBMIT, ScriptedDaemon.error(-7, "Block not accepted"));
    takes(second);

    assertThat(pursue(first, second).state()).isEqualTo(State.ACCEPTED);
  }

  @Test
  void isNotOfferedTwiceWhenTheAnswerWasLost() throws Exception {
    first.reply(
        SUBMIT,
        (exchange, request) -> {
          takes(first);
          ScriptedDaemon.disconnect().send(exchange, request);
        });

    assertThat(pursue(first).state()).isEqualTo(State.ACCEPTED);
    assertThat(first.requests(SUBMIT)).isEqualTo(1);
  }

  @Test
  void isAcceptedWhenTheDaemonRefusesItBecauseItHasIt() throws Exception {
    takes(first);
    first.reply(SUBMIT, ScriptedDaemon.error(-7, "Block not accepted"));

    assertThat(pursue(first).state()).isEqualTo(State.ACCEPTED);
  }

  @Test
  void isRejectedAtOnceWhenEveryNodeRefusesIt() throws Exception {
    for (int code : new int[] {-6, -7, -10}) {
      first.reply(SUBMIT, ScriptedDaemon.error(code, "refused"));
      second.reply(SUBMIT, ScriptedDaemon.error(code, "refused"));

      BlockOutcome outcome = pursue(first, second);

      assertThat(outcome.state()).isEqualTo(State.REJECTED);
      assertThat(outcome.detail()).contains("it says “refused” (" + code + ")");
      assertThat(clock.instant()).as("without any delay").isEqualTo(begin);
    }
  }

  @Test
  void isOfferedForTwoMinutesToANodeThatIsDown() throws Exception {
    first.stop();

    BlockOutcome outcome = pursue(first);

    assertThat(outcome.state()).isEqualTo(State.REJECTED);
    assertThat(outcome.detail()).contains("No node took it").contains("connection refused");
    assertThat(elapsed()).isBetween(PATIENCE, PATIENCE.plusSeconds(10));
  }

  @Test
  void staysPendingWhenANodeMayHaveItButNeverSaysSo() throws Exception {
    first.reply(SUBMIT, ScriptedDaemon.disconnect());
    first.reply(BY_HEIGHT, ScriptedDaemon.disconnect());

    BlockOutcome outcome = pursue(first);

    assertThat(outcome.state()).isEqualTo(State.PENDING);
    assertThat(outcome.detail()).contains("may have it");
    assertThat(elapsed()).isBetween(PATIENCE, PATIENCE.plusSeconds(10));
    assertThat(first.requests(SUBMIT)).isEqualTo(1);
  }

  @Test
  void staysPendingWhenANodeTookItAndDied() throws Exception {
    first.reply(
        SUBMIT,
        (exchange, request) -> {
          ScriptedDaemon.result("{}").send(exchange, request);
          first.reply(BY_HEIGHT, ScriptedDaemon.disconnect());
        });

    assertThat(pursue(first).state()).isEqualTo(State.PENDING);
  }

  /** The daemon takes the block and has it in its main chain from then on. */
  private static void takes(ScriptedDaemon daemon) {
    daemon.reply(SUBMIT, ScriptedDaemon.result("{}"));
    daemon.reply(BY_HEIGHT, ScriptedDaemon.header(HEIGHT, ID.toHex()));
    daemon.reply(BY_HASH, ScriptedDaemon.header(HEIGHT, ID.toHex()));
  }

  private static void withoutBlock(ScriptedDaemon daemon) {
    daemon.reply(BY_HEIGHT, ScriptedDaemon.error(-2, "Requested block height is too big"));
    daemon.reply(BY_HASH, ScriptedDaemon.error(-5, "can't get block by hash"));
  }

  private Duration elapsed() {
    return Duration.between(begin, clock.instant());
  }

  private BlockOutcome pursue(ScriptedDaemon... daemons) throws InterruptedException {
    for (ScriptedDaemon daemon : daemons) {
      MoneroSettings settings = JsonRpcTest.settings(AMPLE, daemon.url());
      NodeEndpoint endpoint = NodeEndpoint.parseAll(settings.urls(), null).getFirst();
      nodes.add(new Node(new MoneroDaemon(endpoint, settings), MoneroAddress.Network.MAINNET));
    }
    List<Node> asked = List.copyOf(nodes.subList(nodes.size() - daemons.length, nodes.size()));
    return new BlockPursuit(
            BLOCK,
            () -> asked,
            executor,
            new BlockPursuit.Tempo(clock, clock::advance, PATIENCE, Duration.ofMillis(500)),
            taken::incrementAndGet)
        .run();
  }
}
