package io.p2pmining.worker.machine;

/**
 * What does not change about this machine while the worker runs.
 *
 * @param cores logical processors that this process may use
 * @param memoryTotalBytes of the machine, or of the container if that is less
 * @param cpuModel the processor's own name; may be empty
 * @param architecture for example {@code amd64}
 * @param operatingSystem its name and version
 * @param aes whether the processor has AES instructions
 * @param avx2 whether it has AVX2
 * @param avx512 whether it has AVX-512
 * @param l2CacheBytes of one second-level cache; 0 if unknown
 * @param l3CacheBytes of all third-level caches; 0 if unknown
 * @param hugePagesFree huge pages nobody uses, when the worker started
 * @param hugePageSizeBytes their size; 0 if there are none
 */
public record Machine(
    int cores,
    long memoryTotalBytes,
    String cpuModel,
    String architecture,
    String operatingSystem,
    boolean aes,
    boolean avx2,
    boolean avx512,
    long l2CacheBytes,
    long l3CacheBytes,
    long hugePagesFree,
    long hugePageSizeBytes) {}
