package io.p2pmining.master.dispatch;

import io.p2pmining.master.store.Journal;
import io.p2pmining.master.store.Supply;

/**
 * What makes the dispatcher's work survive it.
 *
 * @param journal takes every change
 * @param supply tells whether units and leases can be numbered
 * @param spool keeps block candidates
 */
public record Durability(Journal journal, Supply supply, BlockSpool spool) {}
