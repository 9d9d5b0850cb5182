package io.p2pmining.core.randomx;

import io.p2pmining.core.memory.TableName;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The names under which processes share what follows from a key. */
final class SeedTables {

  private SeedTables() {}

  /** The cache of a key. */
  static TableName cache(CacheParameters parameters, byte[] key) {
    return TableName.of("cache", CacheParameters.CACHE_BYTES, facts(parameters, key));
  }

  /** The dataset of a key. */
  static TableName dataset(CacheParameters parameters, byte[] key) {
    List<byte[]> facts = new ArrayList<>(facts(parameters, key));
    facts.add(number(CacheParameters.CACHE_ACCESSES));
    facts.add(number(parameters.superscalarLatency()));
    return TableName.of("dataset", RandomXDataset.BYTES, facts);
  }

  private static List<byte[]> facts(CacheParameters parameters, byte[] key) {
    return List.of(
        key.clone(),
        parameters.argonSalt().getBytes(StandardCharsets.ISO_8859_1),
        number(parameters.argonPasses()),
        number(parameters.argonLanes()));
  }

  private static byte[] number(int value) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
  }
}
