package io.p2pmining.core.cpu;

/**
 * A core.
 *
 * @param threads its hardware threads
 * @param speed how fast it is in comparison with others of the machine, in no particular unit; 0 if
 *     unknown
 */
public record CpuCore(CpuSet threads, long speed) {}
