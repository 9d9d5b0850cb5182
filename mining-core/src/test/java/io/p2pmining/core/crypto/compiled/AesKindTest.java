package io.p2pmining.core.crypto.compiled;

import static io.p2pmining.core.cpu.CpuFeature.AES;
import static io.p2pmining.core.cpu.CpuFeature.AVX;
import static io.p2pmining.core.cpu.CpuFeature.AVX2;
import static io.p2pmining.core.cpu.CpuFeature.AVX512DQ;
import static io.p2pmining.core.cpu.CpuFeature.AVX512F;
import static io.p2pmining.core.cpu.CpuFeature.SSE2;
import static io.p2pmining.core.cpu.CpuFeature.VAES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.p2pmining.core.cpu.CpuFeature;
import io.p2pmining.core.cpu.CpuFeatures;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AesKindTest {

  private static CpuFeatures processor(CpuFeature... features) {
    return new CpuFeatures("", "", 0, 0, 0, false, Set.of(features));
  }

  @Test
  void takesTheWidestThatTheProcessorHas() {
    assertThat(AesKind.fastestOn(processor(SSE2))).isEqualTo(AesKind.SOFTWARE);
    assertThat(AesKind.fastestOn(processor(SSE2, AVX, AVX2))).isEqualTo(AesKind.SOFTWARE);
    assertThat(AesKind.fastestOn(processor(SSE2, AES, AVX, AVX2))).isEqualTo(AesKind.AES_NI);
    assertThat(AesKind.fastestOn(processor(SSE2, AES, AVX, AVX2, VAES)))
        .isEqualTo(AesKind.VAES_256);
    assertThat(AesKind.fastestOn(processor(SSE2, AES, AVX, AVX2, VAES, AVX512F, AVX512DQ)))
        .isEqualTo(AesKind.VAES_512);
  }

  @Test
  void doesNotTakeAvx512WithoutVaes() {
    // As on Skylake-X.
    assertThat(AesKind.fastestOn(processor(SSE2, AES, AVX, AVX2, AVX512F, AVX512DQ)))
        .isEqualTo(AesKind.AES_NI);
  }

  @Test
  void refusesOtherProcessors() {
    assertThatIllegalArgumentException().isThrownBy(() -> AesKind.fastestOn(processor()));
  }
}
