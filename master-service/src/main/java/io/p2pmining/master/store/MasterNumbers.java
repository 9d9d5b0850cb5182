package io.p2pmining.master.store;

/**
 * The sequences that this master takes its numbers from.
 *
 * @param units ids of work units
 * @param leases lease tokens
 * @param findings ids of shares and blocks
 * @param jobs the order of jobs
 * @param extraNonces what makes a job unlike every other
 */
public record MasterNumbers(
    Numbers units, Numbers leases, Numbers findings, Numbers jobs, Numbers extraNonces)
    implements Supply {

  /** The blocks last for seconds at the highest rate that the master is made for. */
  private static final int WORK_BLOCK = 100_000;

  private static final int JOB_BLOCK = 1000;

  /** Far more than can wait to be verified. */
  private static final int FINDINGS_UNDER_WAY = 20_000;

  static MasterNumbers open(NumberBlocks blocks) {
    return new MasterNumbers(
        blocks.open("unit", WORK_BLOCK),
        blocks.open("lease", WORK_BLOCK),
        blocks.open("finding", WORK_BLOCK),
        blocks.open("job", JOB_BLOCK),
        blocks.open("extra-nonce", JOB_BLOCK));
  }

  @Override
  public boolean canLease(int newUnits) {
    return units.available() >= newUnits && leases.available() >= newUnits;
  }

  @Override
  public boolean canRecord() {
    return findings.available() >= FINDINGS_UNDER_WAY;
  }
}
