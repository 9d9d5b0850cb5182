package io.p2pmining.common.frame;

import io.p2pmining.common.wire.v1.Error;

/**
 * The protocol versions that a node speaks.
 *
 * @param min the oldest, at least 1
 * @param max the newest, at least {@code min}
 */
public record VersionRange(int min, int max) {

  /** What this program speaks. */
  public static final VersionRange SUPPORTED =
      new VersionRange(FrameHeader.VERSION, FrameHeader.VERSION);

  public VersionRange {
    if (min < 1 || max < min) {
      throw new IllegalArgumentException("min=" + min + ", max=" + max);
    }
  }

  public boolean contains(int version) {
    return version >= min && version <= max;
  }

  /**
   * The newest version that both sides speak.
   *
   * @throws ProtocolException UNSUPPORTED_VERSION naming both ranges, if there is none
   */
  public int newestInCommonWith(VersionRange peer) throws ProtocolException {
    int newest = Math.min(max, peer.max);
    if (newest < Math.max(min, peer.min)) {
      throw ProtocolException.of(
          Error.Code.CODE_UNSUPPORTED_VERSION, "offered=" + peer + ", supported=" + this);
    }
    return newest;
  }

  /** For example {@code 1..3}. */
  @Override
  public String toString() {
    return min + ".." + max;
  }
}
