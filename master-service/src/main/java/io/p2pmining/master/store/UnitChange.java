package io.p2pmining.master.store;

import io.p2pmining.master.work.WorkUnit;

/**
 * A unit as a group leaves it.
 *
 * @param isNew whether the store does not know it yet
 */
public record UnitChange(WorkUnit unit, boolean isNew) {}
