package io.p2pmining.cli.cluster;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Asks the same master again and again over one connection, and another one as soon as it is
 * another. Owned by one thread.
 */
public final class KeptApi implements AutoCloseable {

  private final Duration limit;
  private MasterOption.@Nullable Choice choice;
  private @Nullable MasterApi api;

  /** With the patience of somebody who has asked a question. */
  public KeptApi() {
    this(MasterApi.LIMIT);
  }

  /**
   * @param limit how long to wait for a connection, and for an answer
   */
  public KeptApi(Duration limit) {
    this.limit = limit;
  }

  /** The API of a master; that of the one before is closed. */
  public MasterApi of(MasterOption.Choice wanted) {
    MasterApi kept = api;
    if (kept == null || !wanted.equals(choice)) {
      close();
      kept = new MasterApi(wanted, limit);
      api = kept;
      choice = wanted;
    }
    return kept;
  }

  @Override
  public void close() {
    if (api != null) {
      api.close();
      api = null;
    }
  }
}
