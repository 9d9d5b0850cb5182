package io.p2pmining.master.dispatch;

import io.p2pmining.master.store.Journal;
import io.p2pmining.master.store.Lag;
import io.p2pmining.master.store.Supply;

/**
 * What makes the dispatcher's work survive it.
 *
 * @param journal takes every change
 * @param supply tells whether units and leases can be numbered
 * @param spool keeps block candidates
 * @param lag is told when many workers wait for units at a time
 */
public record Durability(Journal journal, Supply supply, BlockSpool spool, Lag lag) {}
