package io.p2pmining.core.randomx;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.p2pmining.core.pow.HashPipeline;
import io.p2pmining.core.pow.Hasher;
import io.p2pmining.core.pow.InstructionLimit;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hashing in light mode makes no work for the garbage collector. */
class HashAllocationTest extends LightEngineTest {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final int WARM_UP_BATCHES = 200;
  private static final int BATCHES = 1000;

  /** Batches during which Java may be busy with itself, in this very thread. */
  private static final int TOLERATED_BATCHES = BATCHES / 50;

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void allocatesNothing(int lanes) throws Exception {
    use(
        StrangeParameters.shortened(PARAMETERS, 16),
        compiler(lanes, InstructionLimit.AUTO),
        pipeline -> assertThat(allocatingBatches(pipeline)).isLessThan(TOLERATED_BATCHES));
  }

  private static int allocatingBatches(HashPipeline pipeline) {
    byte[][] hashes = new byte[pipeline.lanes()][Hasher.HASH_LENGTH];
    load(pipeline);
    pipeline.begin();
    int allocating = 0;
    for (int i = 0; i < WARM_UP_BATCHES + BATCHES; i++) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      load(pipeline);
      pipeline.next(hashes);
      boolean allocated = THREADS.getCurrentThreadAllocatedBytes() != before;
      if (i >= WARM_UP_BATCHES && allocated) {
        allocating++;
      }
    }
    pipeline.finish(hashes);
    return allocating;
  }
}
