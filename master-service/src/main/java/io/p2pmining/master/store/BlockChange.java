package io.p2pmining.master.store;

import io.p2pmining.master.share.FoundBlock;

/**
 * A block as a group leaves it.
 *
 * @param isNew whether the store does not know it yet
 */
public record BlockChange(FoundBlock block, boolean isNew) {}
