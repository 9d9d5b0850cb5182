package io.p2pmining.core.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ResidentPagesTest {

  private static final List<String> MAPPINGS =
      List.of(
          "7f0000000000-7f0000200000 rw-p 00000000 00:00 0 ",
          "Size:               2048 kB",
          "Rss:                2048 kB",
          "AnonHugePages:      2048 kB",
          "VmFlags: rd wr mr mw me ac hg ",
          "7f0000400000-7f0000600000 rw-p 00000000 00:00 0                  [anon: x-y]",
          "Rss:                2048 kB",
          "AnonHugePages:         0 kB",
          "ffffffffff600000-ffffffffff601000 --xp 00000000 00:00 0          [vsyscall]",
          "Rss:                   4 kB",
          "AnonHugePages:         0 kB");

  @Test
  void countsTheMappingsThatOverlap() {
    ResidentPages first = ResidentPages.parse(MAPPINGS, 0x7f0000000000L, 1 << 21);
    assertThat(first).isEqualTo(new ResidentPages(2048, 2048));
    assertThat(first.kind()).isEqualTo(MemoryPages.TRANSPARENT_HUGE);
    ResidentPages second = ResidentPages.parse(MAPPINGS, 0x7f0000500000L, 4096);
    assertThat(second).isEqualTo(new ResidentPages(2048, 0));
    assertThat(second.kind()).isEqualTo(MemoryPages.SMALL);
    assertThat(ResidentPages.parse(MAPPINGS, 0x7f0000100000L, 1 << 22).kibibytes()).isEqualTo(4096);
    assertThat(ResidentPages.parse(MAPPINGS, 0x7f0000200000L, 1 << 21).kibibytes()).isZero();
  }
}
