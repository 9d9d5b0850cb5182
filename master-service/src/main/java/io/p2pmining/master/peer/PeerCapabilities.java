package io.p2pmining.master.peer;

import io.p2pmining.master.work.PeerId;
import io.p2pmining.master.work.WorkerProfile;
import java.util.List;

/**
 * What a peer says about its machine; nothing of it is checked.
 *
 * @param cores physical cores
 * @param miningThreads threads that its owner lets it use
 * @param memoryTotalBytes installed memory
 * @param memoryAvailableBytes memory that is free for new work now
 * @param cpuModel the processor's name
 * @param architecture for example {@code amd64}
 * @param operatingSystem name and version
 * @param aes whether the processor has AES instructions
 * @param avx2 whether it has AVX2
 * @param avx512 whether it has AVX-512
 * @param l2CacheBytes all second-level caches together
 * @param l3CacheBytes all third-level caches together
 * @param hugePagesFree free huge pages of the default size
 * @param hugePageSizeBytes that size
 * @param algorithms what it can mine
 */
public record PeerCapabilities(
    int cores,
    int miningThreads,
    long memoryTotalBytes,
    long memoryAvailableBytes,
    String cpuModel,
    String architecture,
    String operatingSystem,
    boolean aes,
    boolean avx2,
    boolean avx512,
    long l2CacheBytes,
    long l3CacheBytes,
    long hugePagesFree,
    long hugePageSizeBytes,
    List<WorkerProfile.Ability> algorithms) {

  public PeerCapabilities {
    algorithms = List.copyOf(algorithms);
  }

  /** What of it the distribution of work looks at. */
  public WorkerProfile profileOf(PeerId peer) {
    return new WorkerProfile(peer, cores, aes, miningThreads, algorithms);
  }

  PeerCapabilities withMemoryAvailable(long bytes) {
    return new PeerCapabilities(
        cores,
        miningThreads,
        memoryTotalBytes,
        bytes,
        cpuModel,
        architecture,
        operatingSystem,
        aes,
        avx2,
        avx512,
        l2CacheBytes,
        l3CacheBytes,
        hugePagesFree,
        hugePageSizeBytes,
        algorithms);
  }
}
