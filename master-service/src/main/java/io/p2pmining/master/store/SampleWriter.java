package io.p2pmining.master.store;

import static io.p2pmining.master.store.schema.Tables.HASH_RATE_SAMPLE;

import io.p2pmining.master.peer.RateSample;
import io.p2pmining.master.store.Group.SampleKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Writes the samples of a group, in place of those that are there. */
final class SampleWriter implements AutoCloseable {

  private final UUID master;
  private final Batch newSamples;
  private final Batch samples;

  SampleWriter(Connection connection, UUID master) throws SQLException {
    this.master = master;
    newSamples = Batch.insert(connection, HASH_RATE_SAMPLE);
    samples =
        Batch.update(
            connection,
            HASH_RATE_SAMPLE,
            List.of(HASH_RATE_SAMPLE.HASHES_PER_SECOND, HASH_RATE_SAMPLE.MEASUREMENTS),
            List.of(
                HASH_RATE_SAMPLE.MASTER_ID,
                HASH_RATE_SAMPLE.RESOLUTION,
                HASH_RATE_SAMPLE.BEGUN_AT));
  }

  void write(Map<SampleKey, RateSample> changed) throws SQLException {
    List<Map.Entry<SampleKey, RateSample>> entries = List.copyOf(changed.entrySet());
    for (var entry : entries) {
      samples
          .set(entry.getValue().hashesPerSecond())
          .set(entry.getValue().measurements())
          .set(master)
          .set(entry.getKey().resolution().name())
          .set(entry.getKey().at())
          .add();
    }
    int[] known = samples.execute();
    for (int i = 0; i < known.length; i++) {
      if (known[i] == 0) {
        var entry = entries.get(i);
        newSamples
            .set(master)
            .set(entry.getKey().resolution().name())
            .set(entry.getKey().at())
            .set(entry.getValue().hashesPerSecond())
            .set(entry.getValue().measurements())
            .add();
      }
    }
    newSamples.execute();
  }

  @Override
  public void close() throws SQLException {
    newSamples.close();
    samples.close();
  }
}
