package io.p2pmining.master.work;

import org.jspecify.annotations.Nullable;

/** Which units to list; null matches everything. */
public record UnitFilter(@Nullable UnitState state, @Nullable String jobId, @Nullable PeerId peer) {

  public static final UnitFilter ALL = new UnitFilter(null, null, null);
}
