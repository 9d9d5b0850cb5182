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

  private final Upsert<Map.Entry<SampleKey, RateSample>> samples;

  SampleWriter(Connection connection, UUID master) throws SQLException {
    samples =
        Upsert.replacing(
            connection,
            HASH_RATE_SAMPLE,
            List.of(HASH_RATE_SAMPLE.HASHES_PER_SECOND, HASH_RATE_SAMPLE.MEASUREMENTS),
            List.of(
                HASH_RATE_SAMPLE.MASTER_ID, HASH_RATE_SAMPLE.RESOLUTION, HASH_RATE_SAMPLE.BEGUN_AT),
            (row, sample) ->
                row.set(sample.getValue().hashesPerSecond())
                    .set(sample.getValue().measurements())
                    .set(master)
                    .set(sample.getKey().resolution().name())
                    .set(sample.getKey().at()));
  }

  void write(Map<SampleKey, RateSample> changed) throws SQLException {
    samples.write(changed.entrySet());
  }

  @Override
  public void close() throws SQLException {
    samples.close();
  }
}
