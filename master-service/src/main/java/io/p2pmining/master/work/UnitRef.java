package io.p2pmining.master.work;

/**
 * A unit under one assignment.
 *
 * @param unitId the unit
 * @param lease the fencing token of the assignment
 */
public record UnitRef(long unitId, long lease) {}
