package io.p2pmining.common.frame;

import io.p2pmining.common.wire.v1.Error;

/**
 * What a peer did wrong.
 *
 * @param code the code of the ERROR that tells the peer
 * @param detail one sentence with the offending values; goes into that ERROR and into the log
 */
public record Violation(Error.Code code, String detail) {

  /** For example {@code BAD_MAGIC: magic=0x47455420, must be 0x4D494E45}. */
  @Override
  public String toString() {
    return code.name().substring("CODE_".length()) + ": " + detail;
  }
}
