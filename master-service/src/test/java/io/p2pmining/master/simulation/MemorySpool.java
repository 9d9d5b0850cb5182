package io.p2pmining.master.simulation;

import io.p2pmining.master.dispatch.BlockSpool;
import io.p2pmining.master.dispatch.SpooledBlock;
import io.p2pmining.master.share.FoundBlock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Keeps candidates for as long as the test lives, once they are written. */
public final class MemorySpool implements BlockSpool {

  private final Map<Long, SpooledBlock> kept = new LinkedHashMap<>();
  private final List<Runnable> unwritten = new ArrayList<>();

  /** Lets what was asked for become durable. */
  public void write() {
    unwritten.forEach(Runnable::run);
    unwritten.clear();
  }

  /** The process dies, and with it what was not written. */
  public void crash() {
    unwritten.clear();
  }

  @Override
  public void keep(SpooledBlock candidate) {
    unwritten.add(() -> kept.put(candidate.block().id(), candidate));
  }

  @Override
  public void forget(FoundBlock block) {
    unwritten.add(() -> kept.remove(block.id()));
  }

  @Override
  public List<SpooledBlock> kept() {
    return List.copyOf(kept.values());
  }
}
