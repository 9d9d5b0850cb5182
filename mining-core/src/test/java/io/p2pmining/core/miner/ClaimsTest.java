package io.p2pmining.core.miner;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.core.pow.Target;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ClaimsTest {

  private final Claims claims = new Claims(0, 2);

  @Test
  void keepsTheNewestOpenUntilItsNoncesAreTaken() {
    RangeSearch search = search(5);
    Claim first = take(search, 2);
    assertThat(claims.open()).isSameAs(first);
    assertThat(first.take()).isZero();
    assertThat(first.take()).isEqualTo(1);
    assertThat(claims.open()).isNull();
    Claim second = take(search, 9);
    assertThat(second.count()).isEqualTo(3);
    assertThat(claims.open()).isSameAs(second);
  }

  @Test
  void completesARangeWithItsLastHash() {
    RangeSearch search = search(3);
    Claim first = take(search, 2);
    Claim second = take(search, 2);
    assertThat(claims.countHashed(first)).isFalse();
    assertThat(search.searched()).isZero();
    assertThat(claims.countHashed(first)).isFalse();
    assertThat(search.searched()).isEqualTo(2);
    assertThat(claims.countHashed(second)).isTrue();
    assertThat(search.searched()).isEqualTo(3);
    assertThat(claims.take(search, 1)).isNull();
  }

  @Test
  void makesRoomForTheNextWhenWhatIsLeftOfACutClaimIsHashed() {
    for (int i = 0; i < 10; i++) {
      RangeSearch cancelled = search(10);
      Claim cut = take(cancelled, 10);
      cut.take();
      cancelled.end();
      claims.cut(cut);
      assertThat(claims.open()).isNull();
      Claim wanted = take(search(1), 1);
      wanted.take();
      assertThat(claims.anyWanted()).isTrue();
      assertThat(claims.countHashed(cut)).isFalse();
      assertThat(claims.countHashed(wanted)).isTrue();
      assertThat(claims.anyWanted()).isFalse();
      assertThat(claims.anySearch()).isNull();
    }
  }

  private Claim take(RangeSearch search, int size) {
    return Objects.requireNonNull(claims.take(search, size));
  }

  private static RangeSearch search(long count) {
    SeedKey key = SeedKey.of(new ScriptedAlgorithm(), new byte[0], HashingMode.LIGHT);
    return new RangeSearch(new MiningTask(key, new byte[16], 3, 0, count, Target.EASIEST), 1);
  }
}
