package io.p2pmining.master.store;

import io.p2pmining.common.work.Bytes;
import io.p2pmining.core.pow.Target;
import io.p2pmining.master.work.PeerId;
import io.p2pmining.master.work.UnitState;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Values as they stand in columns, and back. */
final class Columns {

  /** The states of units that a worker has a lease on. */
  static final List<String> LEASED =
      Stream.of(UnitState.values()).filter(UnitState::isLeased).map(UnitState::name).toList();

  private static final int HALF = 16;

  /** An era has 4096 ids: few enough for its part of an index to fit a few pages. */
  private static final int ERA_BITS = 12;

  private Columns() {}

  /** The run of neighbouring ids that this one belongs to. */
  static int era(long id) {
    return Math.toIntExact(id >> ERA_BITS);
  }

  static UUID uuid(PeerId peer) {
    return uuid(peer.hex());
  }

  /** The 16 bytes that 32 hex digits spell. */
  static UUID uuid(String hex) {
    return new UUID(
        HexFormat.fromHexDigitsToLong(hex, 0, HALF),
        HexFormat.fromHexDigitsToLong(hex, HALF, 2 * HALF));
  }

  static PeerId peer(UUID id) {
    return new PeerId(
        HexFormat.of().toHexDigits(id.getMostSignificantBits())
            + HexFormat.of().toHexDigits(id.getLeastSignificantBits()));
  }

  static @Nullable PeerId peerOrNull(@Nullable UUID id) {
    return id == null ? null : peer(id);
  }

  static byte @Nullable [] bytes(@Nullable Target target) {
    return target == null ? null : target.toLittleEndian();
  }

  static @Nullable Target target(byte @Nullable [] littleEndian) {
    return littleEndian == null ? null : Target.ofLittleEndian(littleEndian);
  }

  static Bytes bytes(byte[] value) {
    return Bytes.copyOf(value);
  }

  static BigDecimal decimal(BigInteger value) {
    return new BigDecimal(value);
  }
}
