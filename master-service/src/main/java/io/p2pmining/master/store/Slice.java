package io.p2pmining.master.store;

import java.util.List;

/**
 * A part of a list.
 *
 * @param total how many entries the whole list has; with a filter not more than {@link
 *     History#COUNTED} are counted
 */
public record Slice<T>(List<T> items, long total) {

  public Slice {
    items = List.copyOf(items);
  }
}
