package io.p2pmining.core.randomx.compiler;

import static io.p2pmining.core.x86.Gpr.RCX;
import static io.p2pmining.core.x86.Gpr.RDX;
import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.core.randomx.RandomXVariants;
import io.p2pmining.core.randomx.RandomXVersion;
import io.p2pmining.core.x86.Address;
import io.p2pmining.core.x86.Assembler;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A wrong address would not make hashes wrong but slow, so what is fetched is looked up here. */
class ItemPrefetchTest {

  private static final int PROGRAM_SIZE = RandomXVariants.MONERO.programSize();

  private static LoopShape shape(RandomXVersion version, int lanes, boolean computesItems) {
    int lines = RandomXVariants.MONERO.scratchpad().l3LineMask();
    return new LoopShape(version, lanes, lines, DatasetAccess.WHOLE, computesItems, true, true);
  }

  private static byte[] code(LoopShape shape, BiConsumer<ItemPrefetch, Assembler> use) {
    Assembler asm = new Assembler();
    LaneLayout layout = new LaneLayout(shape.lanes(), PROGRAM_SIZE);
    use.accept(new ItemPrefetch(asm, shape, layout), asm);
    return asm.toByteArray();
  }

  @ParameterizedTest
  @CsvSource({
    "V1, 2, 0, 1",
    "V1, 2, 1, 0",
    "V1, 3, 0, 1",
    "V1, 3, 2, 0",
    "V1, 4, 1, 3",
    "V1, 4, 3, 1",
    "V2, 1, 0, 0",
    "V2, 2, 0, 0",
    "V2, 2, 1, 1",
    "V2, 3, 0, 1",
    "V2, 4, 0, 2"
  })
  void fetchesWhatALaneAnnouncedTurnsBefore(
      RandomXVersion version, int lanes, int lane, int announcing) {
    LoopShape shape = shape(version, lanes, false);
    Assembler expected = new Assembler();
    locate(expected, shape, announcing);
    if (lanes == 1) {
      expected.prefetchnta(Address.at(RDX, RCX));
    } else {
      expected.prefetcht0(Address.at(RDX, RCX));
    }
    assertThat(code(shape, (prefetch, asm) -> prefetch.afterWalk(lane)))
        .isEqualTo(expected.toByteArray());
  }

  @ParameterizedTest
  @CsvSource({"V1, 2, 0, 1", "V1, 4, 2, 1", "V2, 1, 0, 0", "V2, 3, 0, 2"})
  void beginsTheWalkForTheLaneBefore(RandomXVersion version, int lanes, int lane, int announcing) {
    LoopShape shape = shape(version, lanes, false);
    Assembler expected = new Assembler();
    locate(expected, shape, announcing);
    assertThat(code(shape, (prefetch, asm) -> prefetch.walk(lane)))
        .startsWith(expected.toByteArray())
        .hasSizeGreaterThan(expected.length());
  }

  /** After an iteration the address to be read next is in MA, or in version 2 the one after it. */
  private static void locate(Assembler asm, LoopShape shape, int lane) {
    LaneLayout layout = new LaneLayout(shape.lanes(), PROGRAM_SIZE);
    boolean first = shape.version() == RandomXVersion.V1;
    asm.mov32(RCX, layout.of(lane, first ? LaneLayout.MA : LaneLayout.MX));
    asm.and32(RCX, DatasetAccess.WHOLE);
    asm.mov(RDX, layout.of(lane, LaneLayout.DATASET));
  }

  @Test
  void fetchesAtOnceWhatIsReadInTheNextTurn() {
    LoopShape single = shape(RandomXVersion.V1, 1, false);
    assertThat(code(single, (prefetch, asm) -> prefetch.walk(0))).isEmpty();
    assertThat(code(single, (prefetch, asm) -> prefetch.afterWalk(0))).isEmpty();
    assertThat(code(single, (prefetch, asm) -> prefetch.atOnce(RCX))).isNotEmpty();
  }

  @Test
  void fetchesOnceOnly() {
    LoopShape two = shape(RandomXVersion.V1, 2, false);
    assertThat(code(two, (prefetch, asm) -> prefetch.atOnce(RCX))).isEmpty();
  }

  @Test
  void hasNothingToFetchWhereItemsAreComputed() {
    LoopShape light = shape(RandomXVersion.V2, 2, true);
    assertThat(
            code(
                light,
                (prefetch, asm) -> {
                  prefetch.first();
                  prefetch.walk(0);
                  prefetch.afterWalk(0);
                }))
        .isEmpty();
  }
}
