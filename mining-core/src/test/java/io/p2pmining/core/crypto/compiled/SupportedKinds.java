package io.p2pmining.core.crypto.compiled;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The kinds that can be tested on this machine. */
final class SupportedKinds {

  private SupportedKinds() {}

  static List<AesKind> all() {
    List<AesKind> kinds = new ArrayList<>();
    if (has(" aes ")) {
      kinds.add(AesKind.AES_NI);
    }
    if (has(" vaes ") && has(" avx2 ")) {
      kinds.add(AesKind.VAES_256);
    }
    if (has(" vaes ") && has(" avx512dq ")) {
      kinds.add(AesKind.VAES_512);
    }
    return kinds;
  }

  private static boolean has(String flag) {
    try {
      return Files.readString(Path.of("/proc/cpuinfo")).contains(flag);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
