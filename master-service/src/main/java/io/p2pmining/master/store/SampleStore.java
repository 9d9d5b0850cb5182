package io.p2pmining.master.store;

import static io.p2pmining.master.store.schema.Tables.HASH_RATE_SAMPLE;

import io.p2pmining.master.peer.RateSample;
import io.p2pmining.master.peer.Resolution;
import io.p2pmining.master.peer.StoredSamples;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * The samples of one master: written with the journal's next lazy group, read from the database.
 */
final class SampleStore implements StoredSamples {

  private final Journal journal;
  private final Reads reads;
  private final UUID master;

  SampleStore(Journal journal, Reads reads, UUID master) {
    this.journal = journal;
    this.reads = reads;
    this.master = master;
  }

  @Override
  public void store(Resolution resolution, RateSample sample) {
    journal.sampled(resolution, sample);
  }

  @Override
  public List<RateSample> load(Resolution resolution, Instant since) {
    return reads.with(
        sql ->
            sql.selectFrom(HASH_RATE_SAMPLE)
                .where(
                    HASH_RATE_SAMPLE
                        .MASTER_ID
                        .eq(master)
                        .and(HASH_RATE_SAMPLE.RESOLUTION.eq(resolution.name()))
                        .and(HASH_RATE_SAMPLE.BEGUN_AT.ge(since)))
                .orderBy(HASH_RATE_SAMPLE.BEGUN_AT)
                .fetch(Rows::sample));
  }
}
