package io.p2pmining.worker.work;

import io.p2pmining.common.wire.v1.WorkunitResult;
import java.nio.file.Path;
import java.util.List;

/** What a worker of another process has saved. */
public final class SavedWork {

  private SavedWork() {}

  /** The results that wait for their acknowledgement. */
  public static List<WorkunitResult> results(Path data) {
    return new CheckpointFile(data).read().results();
  }

  /** How many units there are. */
  public static int units(Path data) {
    return new CheckpointFile(data).read().units().size();
  }

  /** How many nonces of the only unit have been searched. */
  public static long searched(Path data) {
    return new CheckpointFile(data).read().units().getFirst().searched();
  }
}
