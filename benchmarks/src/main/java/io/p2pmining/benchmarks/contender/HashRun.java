package io.p2pmining.benchmarks.contender;

/**
 * What hashing on all threads for a while came to.
 *
 * @param seconds how long the slowest thread took
 * @param hashesPerSecond the sum of the threads' rates by the clock
 * @param hashesPerProcessorSecond the sum of the threads' rates by the processor time that they
 *     got; tells less of what else the machine does
 * @param allocatedBytes what the threads took from the Java heap; 0 for what is not Java
 */
public record HashRun(
    long hashes,
    double seconds,
    double hashesPerSecond,
    double hashesPerProcessorSecond,
    long allocatedBytes) {}
