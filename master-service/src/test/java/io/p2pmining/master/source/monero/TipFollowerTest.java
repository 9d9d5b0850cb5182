package io.p2pmining.master.source.monero;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.common.monero.MoneroAddress;
import io.p2pmining.common.work.Bytes;
import io.p2pmining.core.pow.Target;
import io.p2pmining.master.job.Job;
import io.p2pmining.master.job.JobListener.Replacement;
import io.p2pmining.master.job.SourceStatus;
import io.p2pmining.master.source.monero.RecordedJobs.Arrival;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Following the tip in driven time: every probe is done within the step that begins it. */
class TipFollowerTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final String TIP_A = "aa".repeat(32);
  private static final String TIP_B = "bb".repeat(32);

  private final DrivenClock clock = new DrivenClock();
  private final RecordedJobs jobs = new RecordedJobs();
  private final List<Node> nodes = new ArrayList<>();
  private ScriptedDaemon first;
  private ScriptedDaemon second;
  private TipFollower follower;

  @BeforeEach
  void start() throws IOException {
    first = new ScriptedDaemon();
    second = new ScriptedDaemon();
    first.tip(100, TIP_A);
    second.tip(100, TIP_A);
  }

  @AfterEach
  void stop() {
    nodes.forEach(Node::close);
    first.close();
    second.close();
  }

  @Test
  void deliversTheTemplateAsAJob() {
    follow(first);
    follower.step();

    Arrival arrival = jobs.nextArrival();
    Job job = arrival.job();
    assertThat(arrival.replacement()).isEqualTo(Replacement.NEW_TIP);
    assertThat(job.source()).isEqualTo("monero");
    assertThat(job.algorithm()).isEqualTo("rx/0");
    assertThat(job.height()).isEqualTo(101);
    assertThat(job.nonceOffset()).isEqualTo(39);
    assertThat(job.networkTarget()).isEqualTo(Target.forDifficulty(1));
    assertThat(job.seedHash().length()).isEqualTo(32);
    assertThat(job.nextSeedHash().length()).isEqualTo(32);
    assertThat(job.extraNonce().length()).isEqualTo(16);
    assertThat(job.createdAt()).isEqualTo(clock.instant());
    SourceStatus status = follower.status();
    assertThat(status.up()).isTrue();
    assertThat(status.height()).isEqualTo(101);
    assertThat(status.endpoint()).isEqualTo(first.url());
    assertThat(status.lastJobAt()).isEqualTo(clock.instant());
    assertThat(first.requests("get_block_template")).isEqualTo(1);
  }

  @Test
  void pollsEverySecondAndFetchesOnlyWhenTheTipMoves() {
    follow(first);
    follower.step();
    jobs.nextArrival();
    for (int second = 1; second <= 5; second++) {
      pass(POLL);
    }
    jobs.expectNothing();
    assertThat(first.requests("get_last_block_header")).isEqualTo(6);
    assertThat(first.requests("get_info")).isEqualTo(1);

    first.tip(101, TIP_B);
    pass(POLL);

    Arrival arrival = jobs.nextArrival();
    assertThat(arrival.replacement()).isEqualTo(Replacement.NEW_TIP);
    assertThat(arrival.job().height()).isEqualTo(102);
    jobs.expectNothing();
  }

  @Test
  void refreshesTheTemplateOfAnOldTip() {
    follow(first);
    follower.step();
    Job before = jobs.nextArrival().job();
    passSeconds(29);
    jobs.expectNothing();

    pass(POLL);

    Arrival arrival = jobs.nextArrival();
    assertThat(arrival.replacement()).isEqualTo(Replacement.REFRESH);
    assertThat(arrival.job().blob()).isNotEqualTo(before.blob());
    assertThat(arrival.job().extraNonce()).isNotEqualTo(before.extraNonce());
  }

  @Test
  void asksAgainWhenTheTemplateIsNotReadyForTheNewTip() {
    follow(first);
    follower.step();
    jobs.nextArrival();
    ScriptedDaemon.Reply old = first.template(0);
    first.tip(101, TIP_B);
    first.reply("get_block_template", old);
    pass(POLL);
    assertThat(jobs.nextArrival().replacement()).isEqualTo(Replacement.REFRESH);

    first.reply("get_block_template", first.template(0));
    pass(POLL);

    assertThat(jobs.nextArrival().replacement()).isEqualTo(Replacement.NEW_TIP);
  }

  @Test
  void failsOverAtOnceAndKeepsTheTip() {
    follow(first, second);
    follower.step();
    assertThat(jobs.nextArrival().job().height()).isEqualTo(101);
    first.stop();

    pass(POLL);

    Arrival arrival = jobs.nextArrival();
    assertThat(arrival.replacement()).as("the same tip").isEqualTo(Replacement.REFRESH);
    assertThat(follower.status().endpoint()).isEqualTo(second.url());
    assertThat(follower.status().up()).isTrue();
    assertThat(follower.status().detail()).contains(first.url() + ": connection refused");
  }

  @Test
  void failsBackOnceThePreferredNodeHasBeenWellForAWhile() throws IOException {
    follow(first, second);
    follower.step();
    first.stop();
    pass(POLL);
    assertThat(follower.status().endpoint()).isEqualTo(second.url());
    first.restart();
    int seconds = 0;
    while (follower.status().endpoint().equals(second.url())) {
      assertThat(seconds).as("seconds until the preferred node is used").isLessThan(30);
      pass(POLL);
      seconds++;
    }

    assertThat(seconds).isGreaterThanOrEqualTo(10);
    assertThat(follower.status().endpoint()).isEqualTo(first.url());
  }

  @Test
  void leavesANodeThatIsBusyAndOneThatIsUnsynchronised() {
    follow(first, second);
    follower.step();
    first.replyToAll(ScriptedDaemon.busy());
    pass(POLL);
    assertThat(follower.status().endpoint()).isEqualTo(second.url());
    second.replyToAll(ScriptedDaemon.busy());
    second.condition("mainnet", false);
    pass(POLL);

    passSeconds(5);

    assertThat(follower.status().up()).isFalse();
    assertThat(follower.status().detail()).contains("synchronising, at block 101 of 1000");
  }

  @Test
  void leavesANodeThatLagsBehindAnotherForLong() {
    follow(first, second);
    follower.step();
    jobs.nextArrival();
    second.tip(101, TIP_B);
    int seconds = 0;
    while (follower.status().endpoint().equals(first.url())) {
      assertThat(seconds).as("seconds until the lagging node is left").isLessThan(30);
      pass(POLL);
      seconds++;
    }

    assertThat(seconds).isGreaterThanOrEqualTo(10);
    Arrival arrival = jobs.nextArrival();
    assertThat(arrival.replacement()).isEqualTo(Replacement.NEW_TIP);
    assertThat(arrival.job().height()).isEqualTo(102);
    assertThat(follower.status().detail()).contains("behind, at block 100 of 101");

    first.tip(101, TIP_B);
    passSeconds(25);
    assertThat(follower.status().endpoint()).as("caught up").isEqualTo(first.url());
  }

  @Test
  void staysWithANodeThatIsOnlyASecondLate() {
    follow(first, second);
    follower.step();
    for (int block = 1; block <= 10; block++) {
      second.tip(100 + block, "%02x".formatted(block).repeat(32));
      passSeconds(3);
      first.tip(100 + block, "%02x".formatted(block).repeat(32));
      passSeconds(6);
      assertThat(follower.status().endpoint()).isEqualTo(first.url());
    }
  }

  @Test
  void leavesANodeWhoseTemplatesFail() {
    follow(first, second);
    first.reply("get_block_template", ScriptedDaemon.error(-1, "no"));
    follower.step();

    assertThat(jobs.nextArrival().job().height()).isEqualTo(101);
    assertThat(follower.status().endpoint()).isEqualTo(second.url());
    assertThat(follower.status().detail()).contains(first.url() + ": it says “no” (-1)");
  }

  @Test
  void withdrawsItsJobsOnceWhenNoNodeAnswers() throws IOException {
    follow(first, second);
    follower.step();
    Job job = jobs.nextArrival().job();
    first.stop();
    second.stop();
    passSeconds(5);
    jobs.expectNothing();
    assertThat(follower.status().up()).isFalse();
    assertThat(follower.nextVariant(job)).as("a short outage changes nothing").isPresent();

    passSeconds(60);

    RecordedJobs.Withdrawal withdrawal = jobs.nextWithdrawal();
    assertThat(withdrawal.source()).isEqualTo("monero");
    assertThat(withdrawal.reason())
        .contains(first.url() + ": connection refused")
        .contains(second.url())
        .contains("p2pmine.master.monero.urls");
    jobs.expectNothing();
    assertThat(follower.nextVariant(job)).isEmpty();

    first.restart();
    passSeconds(11);
    assertThat(jobs.nextArrival().job().height()).isEqualTo(101);
    assertThat(follower.status().up()).isTrue();
  }

  @Test
  void asksANodeThatIsDownLessAndLessOften() {
    follow(first);
    first.replyToAll(ScriptedDaemon.error(-1, "no"));

    passSeconds(300);

    assertThat(first.requests()).hasSizeBetween(30, 36);
    assertThat(jobs.nextWithdrawal().reason()).contains("it says “no”");
    jobs.expectNothing();
  }

  @Test
  void refusesABlockVersionWhoseProofOfWorkItDoesNotKnow() {
    follow(first);
    first.reply(
        "get_block_template",
        ScriptedDaemon.body(
            ScriptedDaemon.recorded(0)
                .toString()
                .replace("\"blocktemplate_blob\":\"10", "\"blocktemplate_blob\":\"11")
                .replace("\"blockhashing_blob\":\"10", "\"blockhashing_blob\":\"11")));
    follower.step();

    assertThat(jobs.nextWithdrawal().reason()).contains("version 17").contains("update P2P Mining");
    assertThat(follower.status().up()).isFalse();
  }

  @Test
  void refusesANodeOfAnotherNetwork() {
    follow(first);
    first.condition("stagenet", true);
    follower.step();

    assertThat(jobs.nextWithdrawal().reason())
        .contains("runs on stagenet")
        .contains("one of mainnet");
  }

  @Test
  void refusesATemplateThatContradictsItself() {
    follow(first);
    String recorded = ScriptedDaemon.recorded(0).toString();
    first.reply(
        "get_block_template",
        ScriptedDaemon.body(
            recorded.replace("\"blockhashing_blob\":\"1010", "\"blockhashing_blob\":\"1011")));
    follower.step();

    assertThat(jobs.nextWithdrawal().reason()).contains("contradicts itself");
  }

  @Test
  void givesVariantsOfTheCurrentTipOnly() {
    follow(first);
    follower.step();
    Job job = jobs.nextArrival().job();

    Job variant = follower.nextVariant(job).orElseThrow();
    Job another = follower.nextVariant(variant).orElseThrow();

    assertThat(Stream.of(job, variant, another).map(Job::blob).distinct()).hasSize(3);
    assertThat(Stream.of(job, variant, another).map(Job::id).distinct()).hasSize(3);
    assertThat(first.requests("get_block_template")).as("no network").isEqualTo(1);
    first.tip(101, TIP_B);
    pass(POLL);
    assertThat(follower.nextVariant(another)).isEmpty();
  }

  @Test
  void asksTheDaemonForEachExtraNonceWhenItCannotRebuildTheBlob() {
    first.tip(363, ScriptedDaemon.RECORDED_TIP);
    follow(first);
    first.reply(
        "get_block_template",
        (exchange, request) -> unknownTree(request.path("params")).send(exchange, request));
    follower.step();
    Job job = jobs.nextArrival().job();
    follower.step();

    assertThat(extraNoncesAsked()).contains(job.extraNonce().toHex()).hasSize(3);
    Job second = follower.nextVariant(job).orElseThrow();
    Job third = follower.nextVariant(job).orElseThrow();
    assertThat(follower.nextVariant(job)).as("out of stock").isEmpty();

    follower.step();

    Arrival fresh = jobs.nextArrival();
    assertThat(fresh.replacement()).isEqualTo(Replacement.REFRESH);
    assertThat(Stream.of(job, second, third, fresh.job()).map(Job::extraNonce).distinct().count())
        .isEqualTo(4);
    assertThat(extraNoncesAsked()).contains(second.extraNonce().toHex());
  }

  /** A template whose root this release computes otherwise. */
  private ScriptedDaemon.Reply unknownTree(JsonNode params) {
    String recorded = ScriptedDaemon.recorded(0).toString();
    String blob = ScriptedDaemon.recorded(0).path("result").path("blockhashing_blob").asString();
    String extra = params.path("extra_nonce").asString("00");
    String root = (extra + "00".repeat(32)).substring(0, 64);
    return ScriptedDaemon.body(recorded.replace(blob, blob.substring(0, 86) + root + "01"));
  }

  private List<String> extraNoncesAsked() {
    return first.requests().stream()
        .map(request -> request.path("params").path("extra_nonce").asString(""))
        .filter(extraNonce -> !extraNonce.isEmpty())
        .toList();
  }

  private void follow(ScriptedDaemon... daemons) {
    for (ScriptedDaemon daemon : daemons) {
      MoneroSettings settings = JsonRpcTest.settings(TIMEOUT, daemon.url());
      NodeEndpoint endpoint = NodeEndpoint.parseAll(settings.urls(), null).getFirst();
      nodes.add(new Node(new MoneroDaemon(endpoint, settings), MoneroAddress.Network.MAINNET));
    }
    follower =
        new TipFollower(
            "monero",
            new NodeRoster(nodes, POLL, Duration.ofSeconds(10)),
            new TemplateFactory(
                MoneroSourceIT.WALLET,
                new ExtraNonces(new SecureRandom(), new AtomicLong()::incrementAndGet)),
            new JobTable(),
            Duration.ofSeconds(30),
            clock,
            Runnable::run,
            () -> {},
            jobs,
            Bytes.EMPTY);
  }

  private void pass(Duration time) {
    clock.advance(time);
    follower.step();
  }

  private void passSeconds(int seconds) {
    for (int i = 0; i < seconds; i++) {
      pass(Duration.ofSeconds(1));
    }
  }
}
