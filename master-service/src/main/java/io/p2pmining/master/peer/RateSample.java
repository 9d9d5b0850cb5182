package io.p2pmining.master.peer;

import java.time.Instant;

/**
 * A mean of the cluster's hash rate.
 *
 * @param at when the time began that it is the mean of: a multiple of the resolution's step
 * @param hashesPerSecond the mean
 * @param measurements how many measurements it is the mean of so far
 */
public record RateSample(Instant at, double hashesPerSecond, int measurements) {}
