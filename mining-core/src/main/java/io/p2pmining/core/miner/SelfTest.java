package io.p2pmining.core.miner;

import io.p2pmining.core.pow.HashPipeline;
import io.p2pmining.core.pow.Hasher;
import io.p2pmining.core.pow.KnownAnswer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Has a pipeline compute a hash that is known in all of its lanes, on the thread that is going to
 * use it: once in a batch that another follows, and once in a last batch.
 */
final class SelfTest {

  private static final int SHOWN_BYTES = 8;

  private final HashPipeline pipeline;
  private final byte[] input;
  private final byte[] expected;
  private final byte[][] hashes;

  private SelfTest(HashPipeline pipeline, KnownAnswer answer) {
    this.pipeline = pipeline;
    this.input = answer.input();
    this.expected = answer.hash();
    this.hashes = new byte[pipeline.lanes()][Hasher.HASH_LENGTH];
  }

  /** What is wrong with a pipeline, which has no batch under way; empty if nothing is. */
  static Optional<String> fault(HashPipeline pipeline, KnownAnswer answer) {
    return new SelfTest(pipeline, answer).run();
  }

  private Optional<String> run() {
    load();
    pipeline.begin();
    if (pipeline.overlaps()) {
      load();
      pipeline.next(hashes);
      Optional<String> fault = compare();
      if (fault.isPresent()) {
        return fault;
      }
    }
    pipeline.finish(hashes);
    return compare();
  }

  private void load() {
    for (int lane = 0; lane < hashes.length; lane++) {
      pipeline.load(lane, input, input.length);
    }
  }

  private Optional<String> compare() {
    for (int lane = 0; lane < hashes.length; lane++) {
      if (!Arrays.equals(hashes[lane], expected)) {
        return Optional.of(
            "the hash of a known input is %s…, lane %d of %d computed %s…"
                .formatted(start(expected), lane, hashes.length, start(hashes[lane])));
      }
      Arrays.fill(hashes[lane], (byte) 0);
    }
    return Optional.empty();
  }

  private static String start(byte[] hash) {
    return HexFormat.of().formatHex(hash, 0, SHOWN_BYTES);
  }
}
