package io.p2pmining.benchmarks.contender;

/**
 * What it took to make cache and dataset from a key.
 *
 * @param datasetSeconds 0 without a dataset
 * @param processorSeconds the processor time of both, of all threads together
 */
public record InitRun(double cacheSeconds, double datasetSeconds, double processorSeconds) {}
