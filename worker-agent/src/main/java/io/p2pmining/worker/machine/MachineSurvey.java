package io.p2pmining.worker.machine;

import com.sun.management.OperatingSystemMXBean;
import io.p2pmining.core.memory.AvailableMemory;
import java.lang.management.ManagementFactory;
import java.util.List;
import oshi.hardware.CentralProcessor;
import oshi.hardware.CentralProcessor.ProcessorCache;
import oshi.hardware.GlobalMemory;
import oshi.hardware.HardwareAbstractionLayer;
import oshi.spi.SystemInfoFactory;
import oshi.spi.SystemInfoProvider;

/**
 * Finds out what this machine has. Asked once when the worker starts; only the available memory is
 * asked for again. Safe for use by any thread.
 */
public final class MachineSurvey {

  private final Machine machine;
  private final GlobalMemory memory;

  private MachineSurvey(Machine machine, GlobalMemory memory) {
    this.machine = machine;
    this.memory = memory;
  }

  /** Looks at this machine; takes a few hundred milliseconds. */
  public static MachineSurvey take() {
    HardwareAbstractionLayer hardware = systemInfo().getHardware();
    var process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return new MachineSurvey(describe(hardware, process), hardware.getMemory());
  }

  /** On Linux files say everything; elsewhere native calls do, at 7 MiB more of memory. */
  private static SystemInfoProvider systemInfo() {
    SystemInfoProvider files = new oshi.nativefree.SystemInfo();
    return files.isAvailable() ? files : SystemInfoFactory.create();
  }

  private static Machine describe(
      HardwareAbstractionLayer hardware, OperatingSystemMXBean process) {
    CentralProcessor processor = hardware.getProcessor();
    CpuFlags flags = CpuFlags.of(processor.getFeatureFlags());
    HugePages hugePages = HugePages.now();
    List<ProcessorCache> caches = processor.getProcessorCaches();
    return new Machine(
        Runtime.getRuntime().availableProcessors(),
        Math.min(hardware.getMemory().getTotal(), process.getTotalMemorySize()),
        processor.getProcessorIdentifier().getName().strip(),
        System.getProperty("os.arch"),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        flags.aes(),
        flags.avx2(),
        flags.avx512(),
        cacheBytes(caches, 2),
        cacheBytes(caches, 3) * processor.getPhysicalPackageCount(),
        hugePages.free(),
        hugePages.sizeBytes());
  }

  /** Of one cache of this level: equal ones are listed once. */
  private static long cacheBytes(List<ProcessorCache> caches, int level) {
    return caches.stream()
        .filter(cache -> cache.getLevel() == level)
        .mapToLong(ProcessorCache::getCacheSize)
        .max()
        .orElse(0);
  }

  /** What does not change. */
  public Machine machine() {
    return machine;
  }

  /**
   * How much memory this process can still take without swapping, of the machine's and of its
   * container's; asks the system each time.
   */
  public long availableMemoryBytes() {
    return AvailableMemory.ofThisMachine().bytes().orElseGet(memory::getAvailable);
  }
}
