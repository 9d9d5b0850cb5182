package io.p2pmining.core.randomx;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.p2pmining.core.cpu.CpuSet;
import io.p2pmining.core.cpu.ThreadAffinity;
import io.p2pmining.core.memory.OffHeapMemory;
import io.p2pmining.core.memory.PagePolicy;
import io.p2pmining.core.pow.EngineSettings;
import io.p2pmining.core.pow.HashingNode;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** On a made-up topology; the memory of nodes that this machine lacks comes from anywhere. */
class NodeTablesTest {

  /** Some parts of a copy, the last one shorter. */
  private static final long BYTES = (70L << 20) + 64;

  private static final long MORE_THAN_ANY_MACHINE_HAS = 1L << 46;

  private static final HashingNode FIRST = new HashingNode(0, List.of(0));
  private static final HashingNode SECOND = new HashingNode(1, List.of(0));
  private static final HashingNode THIRD = new HashingNode(5, List.of(0));

  private final List<OffHeapMemory> memories = new ArrayList<>();

  @AfterEach
  void closesEverything() {
    memories.forEach(OffHeapMemory::close);
  }

  private static EngineSettings settings(HashingNode... nodes) {
    return EngineSettings.AUTO.withPages(PagePolicy.SMALL).withNodes(List.of(nodes));
  }

  private RandomXDataset dataset(long bytes) {
    OffHeapMemory memory = OffHeapMemory.allocate(bytes, "a test", PagePolicy.SMALL);
    memories.add(memory);
    return new RandomXDataset(memory);
  }

  @Test
  void copiesEveryByteToEachNodeButTheFirst() throws Exception {
    RandomXDataset original = dataset(BYTES);
    MemorySegment memory = memories.getFirst().segment();
    SplittableRandom random = new SplittableRandom(5);
    for (long at = 0; at < BYTES / Long.BYTES; at++) {
      memory.setAtIndex(JAVA_LONG, at, random.nextLong());
    }
    try (NodeTables tables = NodeTables.of(original, settings(FIRST, SECOND, THIRD))) {
      assertThat(tables.copies()).extracting(NodeTables.Copy::node).containsExactly(1, 5);
      for (NodeTables.Copy copy : tables.copies()) {
        assertThat(copy.dataset().address()).isNotEqualTo(original.address());
        MemorySegment copied = MemorySegment.ofAddress(copy.dataset().address()).reinterpret(BYTES);
        assertThat(copied.mismatch(memory)).isEqualTo(-1);
      }
    }
  }

  @Test
  void copiesNothingForOneNode() throws Exception {
    NodeTables.Copier never =
        node -> {
          throw new AssertionError(node);
        };
    assertThat(NodeTables.of(settings(FIRST), never).copies()).isEmpty();
    assertThat(NodeTables.of(settings(), never).copies()).isEmpty();
  }

  @Test
  void keepsToOneDatasetWhereACopyDoesNotFit() throws Exception {
    List<RandomXDataset> made = new ArrayList<>();
    NodeTables tables =
        NodeTables.of(
            settings(FIRST, SECOND, THIRD),
            node -> {
              if (node.equals(THIRD)) {
                return dataset(MORE_THAN_ANY_MACHINE_HAS);
              }
              made.add(dataset(64));
              return made.getLast();
            });
    assertThat(tables.copies()).isEmpty();
    assertThat(made).hasSize(1);
    assertThat(memories.getFirst().segment().scope().isAlive()).as("the copy that fit").isFalse();
  }

  @Test
  void leavesNothingBehindAfterABug() {
    assertThatThrownBy(
            () ->
                NodeTables.of(
                    settings(FIRST, SECOND, THIRD),
                    node -> {
                      if (node.equals(THIRD)) {
                        throw new IllegalArgumentException("made up");
                      }
                      return dataset(64);
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasStackTraceContaining("made up");
    assertThat(memories.getFirst().segment().scope().isAlive()).isFalse();
  }

  @Test
  void leavesNothingBehindWhenItIsInterrupted() {
    Thread caller = Thread.currentThread();
    assertThatThrownBy(
            () ->
                NodeTables.of(
                    settings(FIRST, SECOND, THIRD),
                    node -> {
                      if (node.equals(THIRD)) {
                        caller.interrupt();
                      }
                      return dataset(64);
                    }))
        .isInstanceOf(InterruptedException.class);
    assertThat(memories).hasSize(2).noneMatch(memory -> memory.segment().scope().isAlive());
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void copiesOnTheProcessorsOfTheNodeAlone() throws Exception {
    int cpu = ThreadAffinity.allowed().orElseThrow().toList().getLast();
    ConcurrentLinkedQueue<Optional<CpuSet>> places = new ConcurrentLinkedQueue<>();
    HashingNode node = new HashingNode(1, List.of(cpu, 4000));
    NodeTables.of(
            settings(FIRST, node),
            to -> {
              IntStream.range(0, 100)
                  .parallel()
                  .forEach(i -> places.add(ThreadAffinity.ofCallingThread()));
              return dataset(64);
            })
        .close();
    assertThat(places).hasSize(100).containsOnly(Optional.of(CpuSet.of(cpu)));
  }
}
