package io.p2pmining.core.randomx;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The dataset in light mode: items are computed when they are needed. Announced items wait until
 * one that is needed has to be computed, and are then computed together with it, because a batch
 * takes much less time than its items one by one. Belongs to one thread.
 */
final class ComputedItems implements DatasetItems {

  /** Programs announce one item ahead (v1) or two (v2); beside them is the one that is needed. */
  private static final int PLACES = 4;

  private final ItemComputer computer;
  private final DatasetItem[] places =
      Stream.generate(DatasetItem::new).limit(PLACES).toArray(DatasetItem[]::new);
  private final DatasetItem[] batch = new DatasetItem[PLACES];
  private int nextPlace;

  ComputedItems(RandomXCache cache) {
    computer = new ItemComputer(cache);
  }

  @Override
  public void prefetch(int item) {
    begin(item);
  }

  @Override
  public void xorInto(int item, long[] registers) {
    DatasetItem place = find(item);
    if (place == null) {
      place = begin(item);
    }
    if (place.waits()) {
      computeWaiting();
    }
    place.xorInto(registers);
    place.clear();
  }

  /** Takes an item in at the oldest place. */
  private DatasetItem begin(int item) {
    DatasetItem place = places[nextPlace];
    nextPlace = (nextPlace + 1) % PLACES;
    place.begin(item);
    return place;
  }

  private @Nullable DatasetItem find(int item) {
    for (DatasetItem place : places) {
      if (place.holds(item)) {
        return place;
      }
    }
    return null;
  }

  private void computeWaiting() {
    int count = 0;
    for (DatasetItem place : places) {
      if (place.waits()) {
        batch[count++] = place;
      }
    }
    computer.compute(batch, count);
  }
}
