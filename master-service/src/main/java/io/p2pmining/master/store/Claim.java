package io.p2pmining.master.store;

import java.util.UUID;

/**
 * As which master, in which of its lives, groups are written.
 *
 * @param epoch rises with every start and every take-over
 * @param groupNumber the number of the last group that was committed
 */
record Claim(UUID master, long epoch, long groupNumber) {}
