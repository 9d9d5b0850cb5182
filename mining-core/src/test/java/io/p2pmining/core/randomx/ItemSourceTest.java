package io.p2pmining.core.randomx;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.core.pow.CompilerPolicy;
import io.p2pmining.core.pow.EngineSettings;
import io.p2pmining.core.pow.InstructionLimit;
import io.p2pmining.core.randomx.itemcode.ItemCodeKind;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class ItemSourceTest {

  private static RandomXCache cache;

  @BeforeAll
  static void createCache() throws InterruptedException {
    CacheParameters parameters = Objects.requireNonNull(TestVariants.CACHES.get("rx/arq"));
    cache = RandomXCache.create(parameters, "a key".getBytes(US_ASCII), 1, done -> {});
  }

  @AfterAll
  static void freeCache() {
    cache.close();
  }

  @Test
  void computesInJavaWhereTheCompilerIsOff() {
    EngineSettings off = EngineSettings.AUTO.withCompiler(CompilerPolicy.OFF);
    try (ItemSource source = ItemSource.of(cache, off)) {
      assertThat(source).isInstanceOf(ItemSource.Interpreted.class);
    }
  }

  @Test
  void usesNoMoreThanTheAllowedInstructions() {
    assertThat(kind(InstructionLimit.NONE)).isEqualTo(ItemCodeKind.SCALAR);
    assertThat(kind(InstructionLimit.NO_AES)).isEqualTo(ItemCodeKind.SCALAR);
    assertThat(kind(InstructionLimit.AVX2)).isIn(ItemCodeKind.AVX2, ItemCodeKind.SCALAR);
  }

  private static ItemCodeKind kind(InstructionLimit limit) {
    EngineSettings settings =
        EngineSettings.AUTO.withCompiler(CompilerPolicy.REQUIRED).withInstructions(limit);
    try (ItemSource source = ItemSource.of(cache, settings)) {
      return ((ItemSource.Compiled) source).code().kind();
    }
  }
}
