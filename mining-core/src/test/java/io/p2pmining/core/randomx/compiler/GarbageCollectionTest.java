package io.p2pmining.core.randomx.compiler;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.core.memory.ExecutableMemory;
import io.p2pmining.core.memory.OffHeapMemory;
import io.p2pmining.core.memory.PagePolicy;
import io.p2pmining.core.pow.InstructionLimit;
import io.p2pmining.core.pow.PrefetchMode;
import io.p2pmining.core.randomx.RandomXParameters;
import io.p2pmining.core.randomx.RandomXVariants;
import io.p2pmining.core.randomx.StrangeParameters;
import io.p2pmining.core.x86.Address;
import io.p2pmining.core.x86.Assembler;
import io.p2pmining.core.x86.Condition;
import io.p2pmining.core.x86.Gpr;
import io.p2pmining.core.x86.Label;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Hashing does not keep the garbage collector waiting. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class GarbageCollectionTest {

  private static final VarHandle WORD = JAVA_INT.varHandle();
  private static final long ENTERED = 0;
  private static final long RELEASED = 64;
  private static final int COLLECTIONS = 3;

  /** How long a test that fails may take. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Programs ask this for items: it says that they did, and lets them wait until it is told. */
  private static byte[] waitingItemCode() {
    Assembler asm = new Assembler();
    Label waiting = new Label();
    asm.mov32(Address.at(Gpr.RDI, (int) ENTERED), 1);
    asm.bind(waiting);
    asm.mov32(Gpr.RAX, Address.at(Gpr.RDI, (int) RELEASED));
    asm.cmp32(Gpr.RAX, 0);
    asm.jump(Condition.ZERO, waiting);
    asm.ret();
    return asm.toByteArray();
  }

  @Test
  void goesOnWhileProgramsRun() throws InterruptedException {
    RandomXParameters parameters = StrangeParameters.shortened(RandomXVariants.ARQMA, 10);
    CompilerTarget target = CompilerTarget.detect(InstructionLimit.AUTO).orElseThrow();
    long scratchpadBytes = parameters.scratchpad().l3Bytes();
    try (ExecutableMemory code = ExecutableMemory.holding(waitingItemCode(), "a test");
        OffHeapMemory flags = OffHeapMemory.allocate(4096, "a test", PagePolicy.SMALL);
        OffHeapMemory memory = OffHeapMemory.allocate(scratchpadBytes, "a test", PagePolicy.SMALL);
        OffHeapMemory program = ProgramBuffers.allocate(parameters);
        LaneRing ring =
            new ProgramCompiler(
                    parameters,
                    target,
                    new DatasetAccess.Computed(flags.segment().address(), code.entry(0)))
                .newRing(1, PrefetchMode.AUTO, memory.segment().address())) {
      ring.program(0, program.segment());
      assertThatCollectionsGoOn(ring, flags.segment());
    }
  }

  private static void assertThatCollectionsGoOn(LaneRing ring, MemorySegment flags)
      throws InterruptedException {
    Thread hashing = Thread.ofPlatform().daemon().start(ring::run);
    while ((int) WORD.getVolatile(flags, ENTERED) == 0) {
      Thread.onSpinWait();
    }
    long before = collections();
    Thread collecting =
        Thread.ofPlatform()
            .daemon()
            .start(
                () -> {
                  for (int i = 0; i < COLLECTIONS; i++) {
                    System.gc();
                  }
                });
    boolean collected = collecting.join(PATIENCE);
    boolean stillHashing = hashing.isAlive();
    long after = collections();
    WORD.setVolatile(flags, RELEASED, 1);
    hashing.join();
    assertThat(collected).as("collections ended while programs were running").isTrue();
    assertThat(stillHashing).isTrue();
    assertThat(after).isGreaterThanOrEqualTo(before + COLLECTIONS);
  }

  private static long collections() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .mapToLong(GarbageCollectorMXBean::getCollectionCount)
        .sum();
  }
}
