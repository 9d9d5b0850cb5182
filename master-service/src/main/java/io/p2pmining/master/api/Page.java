package io.p2pmining.master.api;

import java.util.List;

/**
 * One page of a list.
 *
 * @param items the items on it, in the list's order
 * @param page its number, from 0
 * @param size how many items a page holds
 * @param totalItems how many items all pages hold; of a filtered list not more than 100 000 are
 *     counted
 */
record Page<T>(List<T> items, int page, int size, long totalItems) {

  Page {
    items = List.copyOf(items);
  }
}
