package io.p2pmining.master.simulation;

import io.p2pmining.master.dispatch.BlockSpool;
import io.p2pmining.master.dispatch.SpooledBlock;
import io.p2pmining.master.share.FoundBlock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Keeps candidates for as long as the test lives. */
public final class MemorySpool implements BlockSpool {

  private final Map<Long, SpooledBlock> kept = new LinkedHashMap<>();

  @Override
  public void keep(SpooledBlock candidate) {
    kept.put(candidate.block().id(), candidate);
  }

  @Override
  public void forget(FoundBlock block) {
    kept.remove(block.id());
  }

  @Override
  public List<SpooledBlock> kept() {
    return List.copyOf(kept.values());
  }
}
