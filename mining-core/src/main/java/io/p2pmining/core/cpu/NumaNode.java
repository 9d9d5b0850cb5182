package io.p2pmining.core.cpu;

/**
 * Processors and the memory that is nearest to them.
 *
 * @param number as Linux counts it
 * @param cpus its processors; none where a node is memory alone
 * @param memoryBytes all of its memory; 0 if unknown
 */
public record NumaNode(int number, CpuSet cpus, long memoryBytes) {}
