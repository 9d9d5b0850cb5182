package io.p2pmining.worker.machine;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The instructions that a processor has, from the words of the operating system: {@code flags : fpu
 * aes avx2 avx512f} (Linux), {@code machdep.cpu.features: AES} (macOS), {@code
 * PF_AVX2_INSTRUCTIONS_AVAILABLE} (Windows, which has no word for AES).
 *
 * @param aes AES rounds in hardware
 * @param avx2 256-bit integer vectors
 * @param avx512 the foundation of AVX-512
 */
record CpuFlags(boolean aes, boolean avx2, boolean avx512) {

  private static final Pattern BETWEEN_WORDS = Pattern.compile("[^a-z0-9]+");

  static CpuFlags of(List<String> lines) {
    Set<String> words =
        lines.stream()
            .flatMap(line -> BETWEEN_WORDS.splitAsStream(line.toLowerCase(Locale.ROOT)))
            .collect(Collectors.toSet());
    return new CpuFlags(words.contains("aes"), words.contains("avx2"), words.contains("avx512f"));
  }
}
