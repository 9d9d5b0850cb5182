package io.p2pmining.master.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.p2pmining.common.wire.v1.AssignedUnit;
import io.p2pmining.common.wire.v1.FoundShare;
import io.p2pmining.common.wire.v1.UnitCompleted;
import io.p2pmining.common.wire.v1.WorkunitAssign;
import io.p2pmining.common.wire.v1.WorkunitCancel;
import io.p2pmining.common.wire.v1.WorkunitRequest;
import io.p2pmining.common.wire.v1.WorkunitResult;
import io.p2pmining.core.pow.Hasher;
import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.core.pow.PowAlgorithms;
import io.p2pmining.core.pow.Preparation;
import io.p2pmining.core.pow.PreparedSeed;
import io.p2pmining.core.pow.Target;
import io.p2pmining.master.MasterApplication;
import io.p2pmining.master.session.PeerEndpoint;
import io.p2pmining.master.session.ScriptedWorker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Finite jobs from the request to what workers found, on a master that has no other work. */
@SpringBootTest(
    classes = MasterApplication.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "p2pmine.master.p2p-port=0",
      "p2pmine.master.benchmark=off",
      "p2pmine.master.work.posted-jobs=5"
    })
@AutoConfigureMockMvc
class PostedJobsTest {

  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int NONCES = 300;
  private static final int DIFFICULTY = 10;

  @Autowired private MockMvcTester mvc;
  @Autowired private PeerEndpoint endpoint;
  private long results = System.nanoTime();

  @DynamicPropertySource
  static void dataDirectory(DynamicPropertyRegistry properties) {
    Path data = Path.of("target", "test-data", UUID.randomUUID().toString()).toAbsolutePath();
    properties.add("p2pmine.data-dir", data::toString);
  }

  @Test
  void findsExactlyTheSharesThatThereAre() throws Exception {
    ObjectNode asked = job(1);
    JsonNode created = post("/jobs", asked, null, HttpStatus.CREATED);
    String id = created.path("id").asString();
    assertThat(created.path("state").asString()).isEqualTo("ACTIVE");
    assertThat(created.path("difficulty").asInt()).isEqualTo(DIFFICULTY);
    assertThat(created.path("shareDifficulty").asInt()).isEqualTo(DIFFICULTY);

    TreeSet<Long> found;
    try (ScriptedWorker worker = join(13);
        PreparedSeed seed = sha256d();
        Hasher hasher = seed.newHasher()) {
      found = search(worker, hasher, id);
    }

    await()
        .atMost(LIMIT)
        .until(() -> get("/jobs/" + id).path("state").asString(), "COMPLETED"::equals);
    JsonNode done = get("/jobs/" + id);
    assertThat(done.path("progress").asDouble()).isEqualTo(1);
    assertThat(done.path("noncesSearched").asLong()).isEqualTo(NONCES);
    assertThat(done.path("sharesFound").asInt()).isEqualTo(found.size());
    assertThat(done.path("estimatedEndAt").isNull()).isTrue();
    JsonNode shares = get("/shares?job=" + id + "&size=500");
    assertThat(shares.path("items"))
        .extracting(share -> share.path("nonce").asLong())
        .containsExactlyInAnyOrderElementsOf(found);
    assertThat(shares.path("items").path(0).path("block").asBoolean()).isTrue();
    assertThat(get("/blocks").path("totalItems").asInt()).isZero();
    assertThat(delete("/jobs/" + id)).hasStatus(HttpStatus.CONFLICT);
    ObjectNode more = JSON.createObjectNode();
    more.put("jobId", id).put("nonceStart", 5000).put("nonceCount", 1);
    post("/workunits", more, null, HttpStatus.CONFLICT);
  }

  @Test
  void cancellingReachesTheWorker() throws Exception {
    String id = post("/jobs", job(2), null, HttpStatus.CREATED).path("id").asString();
    try (ScriptedWorker worker = join(14)) {
      worker.send(WorkunitRequest.newBuilder().setDepth(1).build());
      AssignedUnit unit = worker.expect(WorkunitAssign.class).getUnits(0);
      assertThat(unit.getJob().getJobId()).isEqualTo(id);

      assertThat(delete("/jobs/" + id)).hasStatusOk().bodyText().contains("CANCELLED");

      assertThat(worker.expect(WorkunitCancel.class).getUnits(0).getUnitId())
          .isEqualTo(unit.getUnitId());
    }
    assertThat(delete("/jobs/" + id)).hasStatusOk();
    assertThat(get("/jobs?state=CANCELLED").path("items"))
        .extracting(view -> view.path("id").asString())
        .contains(id);
  }

  @Test
  void addsRangesAndCallsThemOff() throws Exception {
    String id = post("/jobs", job(3), null, HttpStatus.CREATED).path("id").asString();
    ObjectNode range = JSON.createObjectNode();
    range.put("jobId", id).put("nonceStart", 100_000).put("nonceCount", 50);

    JsonNode unit = post("/workunits", range, null, HttpStatus.CREATED);

    assertThat(unit.path("nonceStart").asLong()).isEqualTo(100_000);
    assertThat(get("/jobs/" + id).path("noncesTotal").asLong()).isEqualTo(NONCES + 50);
    String path = "/workunits/" + unit.path("id").asLong();
    assertThat(get(path).path("state").asString()).isEqualTo("PENDING");
    post("/workunits", range, null, HttpStatus.CONFLICT);
    assertThat(delete(path)).hasStatusOk().bodyText().contains("CANCELLED");
    await().atMost(LIMIT).until(() -> get(path).path("state").asString(), "CANCELLED"::equals);
    assertThat(delete(path)).hasStatusOk();
    assertThat(delete("/jobs/" + id)).hasStatusOk();
  }

  @Test
  void postsARangeAsAJobOfItsOwn() throws Exception {
    JsonNode unit = post("/workunits", job(4), null, HttpStatus.CREATED);
    String id = unit.path("jobId").asString();

    assertThat(unit.path("nonceCount").asInt()).isEqualTo(NONCES);
    assertThat(get("/jobs/" + id).path("noncesCut").asInt()).isEqualTo(NONCES);
    assertThat(delete("/jobs/" + id)).hasStatusOk();
  }

  @Test
  void aRepeatedRequestIsDoneOnceAndAnsweredAgain() throws Exception {
    String key = UUID.randomUUID().toString();
    JsonNode first = post("/jobs", job(5), key, HttpStatus.CREATED);
    MvcTestResult again = send("/jobs", job(5), key);

    assertThat(again).hasStatus(HttpStatus.CREATED).hasHeader("Idempotency-Replayed", "true");
    assertThat(again).hasHeader("Location", "/jobs/" + first.path("id").asString());
    assertThat(JSON.readTree(again.getResponse().getContentAsString())).isEqualTo(first);
    assertThat(send("/jobs", job(6), key)).hasStatus(HttpStatus.UNPROCESSABLE_CONTENT);
    assertThat(send("/workunits", job(5), key)).hasStatus(HttpStatus.UNPROCESSABLE_CONTENT);
    assertThat(delete("/jobs/" + first.path("id").asString())).hasStatusOk();
  }

  @Test
  void aMistakeDoesNotUseUpTheKey() throws Exception {
    String key = UUID.randomUUID().toString();
    ObjectNode wrong = job(7);
    wrong.put("nonceOffset", 500);
    assertThat(send("/jobs", wrong, key)).hasStatus(HttpStatus.BAD_REQUEST);

    String id = post("/jobs", job(7), key, HttpStatus.CREATED).path("id").asString();

    assertThat(delete("/jobs/" + id)).hasStatusOk();
  }

  @Test
  void operationsOnPeersAreRepeatedToo() throws Exception {
    try (ScriptedWorker worker = join(15)) {
      String path = "/peers/" + ScriptedWorker.id(15) + "/drain";
      String key = UUID.randomUUID().toString();
      JsonNode first = post(path, JSON.createObjectNode().put("reason", "x"), key, HttpStatus.OK);
      JsonNode again = post(path, JSON.createObjectNode().put("reason", "x"), key, HttpStatus.OK);

      assertThat(again).isEqualTo(first);
      assertThat(send(path, JSON.createObjectNode().put("reason", "y"), key))
          .hasStatus(HttpStatus.UNPROCESSABLE_CONTENT);
      assertThat(send(path, JSON.createObjectNode().put("reason", "x"), null))
          .hasStatus(HttpStatus.CONFLICT);
      assertThat(worker.isOpen()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "blob | zz",
        "blob | 000",
        "algorithm | rx/99",
        "seedHash | abcd",
        "target | 00",
        "surprise | 1"
      })
  void namesTheFieldAndCreatesNothing(String field, String value) throws Exception {
    int before = get("/jobs").path("totalItems").asInt();
    ObjectNode wrong = job(8);
    wrong.put(field, value);
    for (String path : new String[] {"/jobs", "/workunits"}) {
      MvcTestResult answer = send(path, wrong, null);
      assertThat(answer)
          .hasStatus(HttpStatus.BAD_REQUEST)
          .hasContentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON);
      assertThat(answer).bodyText().contains(field);
    }

    assertThat(get("/jobs").path("totalItems").asInt()).isEqualTo(before);
  }

  @Test
  void refusesWhatIsNoJsonOrTooMuch() {
    for (String body : new String[] {"", "{", "[]", "\"job\""}) {
      assertThat(mvc.post().uri("/jobs").contentType(MediaType.APPLICATION_JSON).content(body))
          .hasStatus(HttpStatus.BAD_REQUEST);
    }
    String large = "{\"blob\":\"" + "0".repeat(100_000) + "\"}";
    assertThat(mvc.post().uri("/jobs").contentType(MediaType.APPLICATION_JSON).content(large))
        .hasStatus(HttpStatus.CONTENT_TOO_LARGE);
    assertThat(send("/jobs", job(9), "two words")).hasStatus(HttpStatus.BAD_REQUEST);
  }

  @Test
  void doesNotKnowWhatIsNotThere() {
    assertThat(delete("/jobs/none")).hasStatus(HttpStatus.NOT_FOUND);
    assertThat(delete("/workunits/999999999")).hasStatus(HttpStatus.NOT_FOUND);
    assertThat(delete("/workunits/first")).hasStatus(HttpStatus.NOT_FOUND);
    ObjectNode range = JSON.createObjectNode();
    range.put("jobId", "none").put("nonceStart", 0).put("nonceCount", 1);
    assertThat(send("/workunits", range, UUID.randomUUID().toString()))
        .hasStatus(HttpStatus.NOT_FOUND);
  }

  @Test
  void saysWhenThereIsNoRoom() throws Exception {
    var ids = new ArrayList<String>();
    MvcTestResult answer = send("/jobs", job(10), null);
    while (answer.getResponse().getStatus() == HttpStatus.CREATED.value()) {
      ids.add(JSON.readTree(answer.getResponse().getContentAsString()).path("id").asString());
      answer = send("/jobs", job(10), null);
    }

    assertThat(answer)
        .hasStatus(HttpStatus.SERVICE_UNAVAILABLE)
        .containsHeader("Retry-After")
        .bodyText()
        .contains("p2pmine.master.work.posted-jobs");
    assertThat(ids).hasSizeBetween(1, 5);
    ids.forEach(id -> assertThat(delete("/jobs/" + id)).hasStatusOk());
  }

  private TreeSet<Long> search(ScriptedWorker worker, Hasher hasher, String jobId)
      throws Exception {
    TreeSet<Long> found = new TreeSet<>();
    Target target = Target.forDifficulty(DIFFICULTY);
    long left = NONCES;
    worker.send(WorkunitRequest.newBuilder().setDepth(1).build());
    while (left > 0) {
      for (AssignedUnit unit : worker.expect(WorkunitAssign.class).getUnitsList()) {
        assertThat(unit.getJob().getJobId()).isEqualTo(jobId);
        byte[] blob = unit.getJob().getBlob().toByteArray();
        for (long i = 0; i < unit.getNonceCount(); i++) {
          long nonce = Integer.toUnsignedLong(unit.getNonceStart()) + i;
          byte[] hash = hash(blob, unit.getJob().getNonceOffset(), nonce, hasher);
          if (target.isMetBy(hash)) {
            found.add(nonce);
            worker.send(
                result(unit)
                    .setShare(
                        FoundShare.newBuilder()
                            .setNonce((int) nonce)
                            .setHash(ByteString.copyFrom(hash)))
                    .build());
          }
        }
        left -= unit.getNonceCount();
        worker.send(
            result(unit)
                .setCompleted(UnitCompleted.newBuilder().setSearched(unit.getNonceCount()))
                .build());
      }
    }
    await()
        .atMost(LIMIT)
        .until(() -> get("/shares?job=" + jobId).path("totalItems").asInt() == found.size());
    return found;
  }

  private static byte[] hash(byte[] blob, int offset, long nonce, Hasher hasher) {
    for (int i = 0; i < 4; i++) {
      blob[offset + i] = (byte) (nonce >>> (8 * i));
    }
    byte[] hash = new byte[Hasher.HASH_LENGTH];
    hasher.hash(blob, blob.length, hash);
    return hash;
  }

  private WorkunitResult.Builder result(AssignedUnit unit) {
    return WorkunitResult.newBuilder()
        .setResultId(++results)
        .setUnitId(unit.getUnitId())
        .setLease(unit.getLease())
        .setJobId(unit.getJob().getJobId());
  }

  private static PreparedSeed sha256d() throws InterruptedException {
    return PowAlgorithms.load()
        .find("sha256d")
        .orElseThrow()
        .prepare(new byte[0], HashingMode.LIGHT, Preparation.onThreads(1));
  }

  private ScriptedWorker join(int id) throws Exception {
    return ScriptedWorker.join(endpoint.address(), ScriptedWorker.id(id));
  }

  /** A small job; each number is another one. */
  private static ObjectNode job(int number) {
    ObjectNode job = JSON.createObjectNode();
    job.put("algorithm", "sha256d")
        .put("blob", "%02x".formatted(number) + "00".repeat(79))
        .put("nonceOffset", 76)
        .put("nonceStart", 1000)
        .put("nonceCount", NONCES)
        .put("difficulty", DIFFICULTY);
    return job;
  }

  private JsonNode post(String path, JsonNode body, @Nullable String key, HttpStatus status)
      throws Exception {
    MvcTestResult answer = send(path, body, key);
    assertThat(answer).as(path).hasStatus(status);
    return JSON.readTree(answer.getResponse().getContentAsString());
  }

  private MvcTestResult send(String path, JsonNode body, @Nullable String key) {
    var request =
        mvc.post().uri(path).contentType(MediaType.APPLICATION_JSON).content(body.toString());
    if (key != null) {
      request.header("Idempotency-Key", key);
    }
    return request.exchange();
  }

  private MvcTestResult delete(String path) {
    return mvc.delete().uri(path).contentType(MediaType.APPLICATION_JSON).exchange();
  }

  private JsonNode get(String path) throws Exception {
    return JSON.readTree(mvc.get().uri(path).exchange().getResponse().getContentAsString());
  }
}
