package io.p2pmining.worker.work;

import io.p2pmining.core.miner.MinerListener;
import io.p2pmining.core.miner.MiningTask;
import io.p2pmining.core.miner.SeedKey;
import io.p2pmining.core.pow.PreparedSeed;
import java.time.Duration;

/** Hands the miner's events to those whom they concern. */
record MinerEvents(WorkDesk desk, SeedWatch seeds) implements MinerListener {

  @Override
  public void shareFound(MiningTask task, long nonce, byte[] hash) {
    desk.shareFound(task, nonce, hash);
  }

  @Override
  public void rangeCompleted(MiningTask task, long searched, Duration elapsed) {
    desk.rangeCompleted(task, searched, elapsed);
  }

  @Override
  public void rangeFailed(MiningTask task, long searched, String reason) {
    desk.rangeFailed(task, searched, reason);
  }

  @Override
  public void seedPreparing(SeedKey seed, double fraction) {
    seeds.preparing(seed, fraction);
  }

  @Override
  public void seedPrepared(SeedKey seed, PreparedSeed prepared, Duration took) {
    seeds.prepared(seed, prepared, took);
    desk.seedPrepared(prepared);
  }

  @Override
  public void seedInterim(SeedKey seed, PreparedSeed interim) {
    seeds.interim(seed, interim);
  }

  @Override
  public void seedFailed(SeedKey seed, String reason) {
    seeds.failed(seed, reason);
  }
}
