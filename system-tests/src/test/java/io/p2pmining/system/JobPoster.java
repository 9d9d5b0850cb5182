package io.p2pmining.system;

import io.p2pmining.core.pow.Target;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A client that keeps a master supplied with finite jobs. It repeats each request under the same
 * key until it is answered, however often the master dies meanwhile, and some of them even then.
 */
final class JobPoster implements AutoCloseable {

  /** Jobs with nonces that no worker has: more than are used up while one is being posted. */
  private static final int UNCUT_JOBS = 2;

  /** Where a slow worker has the last unit of each, there are many that are only cut. */
  private static final int MOST_JOBS = 20;

  private static final Duration PAUSE = Duration.ofMillis(100);

  /** As in Bitcoin: a header of 80 bytes, the nonce at its end. */
  private static final int BLOB_BYTES = 80;

  private static final int NONCE_OFFSET = 76;

  /** Some two hundred shares a second of the workers of a test. */
  private static final int SHARE_DIFFICULTY = 200;

  /** What the jobs look for: a few of their shares are that as well. */
  static final Target WANTED = Target.forDifficulty(BigInteger.valueOf(10_000));

  /** Some seconds' work. */
  private static final int MOST_NONCES = 80_000;

  /** A job of these is far from its end when it has that many shares. */
  private static final int NONCES_OF_STOPPED_ONE = 400_000;

  private static final int STOP_AFTER_SHARES = 150;
  private static final int JOBS_PER_STOPPED_ONE = 2;
  private static final int JOBS_PER_REPEATED_ONE = 3;

  private static final int CREATED = 201;

  /** Under way already, or more than there is room for: to be asked again. */
  private static final List<Integer> LATER = List.of(409, 503);

  private final MasterApi api;
  private final RandomGenerator random;
  private final String name;
  private final Thread thread;
  private volatile boolean closed;

  // Guarded by this.
  private final List<String> answered = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();
  private int keys;

  /** A client that begins at once. */
  JobPoster(MasterApi api, RandomGenerator random) {
    this.api = api;
    this.random = random;
    this.name = "poster-" + Long.toHexString(random.nextLong());
    thread = Thread.ofPlatform().name("job-poster").start(this::run);
  }

  private void run() {
    try {
      while (!closed) {
        if (wants()) {
          postUntilAnswered(newJob(), nextKey());
        }
        Thread.sleep(PAUSE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean wants() {
    try {
      JsonNode active = api.json("/jobs?state=ACTIVE&size=" + MOST_JOBS).get("items");
      long uncut = active.valueStream().filter(JobPoster::hasMore).count();
      return active.size() < MOST_JOBS && uncut < UNCUT_JOBS;
    } catch (UncheckedIOException | IllegalStateException e) {
      return false;
    }
  }

  private static boolean hasMore(JsonNode job) {
    return job.get("noncesCut").asLong() < job.get("nonceCount").asLong();
  }

  private String newJob() {
    boolean stops = random.nextInt(JOBS_PER_STOPPED_ONE) == 0;
    int most = stops ? NONCES_OF_STOPPED_ONE : MOST_NONCES;
    byte[] blob = new byte[BLOB_BYTES];
    random.nextBytes(blob);
    ObjectNode job =
        JsonMapper.shared()
            .createObjectNode()
            .put("algorithm", LoadFleet.ALGORITHM)
            .put("blob", HexFormat.of().formatHex(blob))
            .put("nonceOffset", NONCE_OFFSET)
            .put("nonceStart", Integer.toUnsignedLong(random.nextInt(Integer.MAX_VALUE)))
            .put("nonceCount", random.nextInt(most / 2, most))
            .put("difficulty", WANTED.difficulty())
            .put("shareDifficulty", SHARE_DIFFICULTY);
    if (stops) {
      job.put("stopAfterShares", STOP_AFTER_SHARES);
    }
    return job.toString();
  }

  private synchronized String nextKey() {
    return name + "-" + ++keys;
  }

  private void postUntilAnswered(String job, String key) throws InterruptedException {
    String id = "";
    while (!closed) {
      String again = post(job, key);
      if (!id.isEmpty() && !again.isEmpty()) {
        check(key, id, again);
        return;
      }
      if (id.isEmpty() && !again.isEmpty()) {
        id = again;
        note(id);
        if (random.nextInt(JOBS_PER_REPEATED_ONE) != 0) {
          return;
        }
      }
      Thread.sleep(PAUSE);
    }
  }

  /** The id of the job that was made; empty if it is not known whether one was. */
  private String post(String job, String key) {
    try {
      HttpResponse<String> response = api.post("/jobs", job, key);
      if (response.statusCode() == CREATED) {
        JsonNode made = JsonMapper.shared().readTree(response.body());
        return made.get("id").asString();
      }
      if (!LATER.contains(response.statusCode())) {
        fail("POST /jobs answered " + response.statusCode() + ": " + response.body());
      }
    } catch (UncheckedIOException e) {
      // The master is gone.
    }
    return "";
  }

  private synchronized void note(String id) {
    answered.add(id);
  }

  private void check(String key, String id, String again) {
    if (!id.equals(again)) {
      fail("under key " + key + " job " + id + " was made, then " + again);
    }
  }

  private synchronized void fail(String what) {
    failures.add(what);
  }

  /** The jobs that were made for certain. */
  synchronized List<String> answered() {
    return List.copyOf(answered);
  }

  /** For how many requests there is at most one job each. */
  synchronized int requests() {
    return keys;
  }

  /** What should not have been answered. */
  synchronized List<String> failures() {
    return List.copyOf(failures);
  }

  @Override
  public void close() throws InterruptedException {
    closed = true;
    thread.join();
  }
}
