package io.p2pmining.core.randomx;

import io.p2pmining.core.cpu.CpuFeatures;
import io.p2pmining.core.crypto.Argon2d;
import io.p2pmining.core.crypto.compiled.Argon2Code;
import io.p2pmining.core.crypto.compiled.Argon2Kind;
import io.p2pmining.core.memory.MemoryPages;
import io.p2pmining.core.memory.OffHeapMemory;
import io.p2pmining.core.memory.SharedTables;
import io.p2pmining.core.memory.TableContent;
import io.p2pmining.core.memory.TableRequest;
import io.p2pmining.core.pow.EngineSettings;
import io.p2pmining.core.randomx.superscalar.BlakeGenerator;
import io.p2pmining.core.randomx.superscalar.SuperscalarExecutor;
import io.p2pmining.core.randomx.superscalar.SuperscalarProgram;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleConsumer;
import java.util.function.Supplier;

/**
 * What follows from a key: 256 MiB of memory off the heap and eight superscalar programs, from
 * which every dataset item can be computed (specification, section 7). Never changes once created;
 * any thread may use it until its owner closes it.
 */
public final class RandomXCache implements AutoCloseable {

  /** The longest key in bytes; the specification leaves longer ones undefined. */
  public static final int MAX_KEY_LENGTH = BlakeGenerator.MAX_SEED_LENGTH;

  private static final String PURPOSE = "the RandomX cache";

  private final CacheParameters parameters;
  private final byte[] key;
  private final OffHeapMemory memory;
  private final List<SuperscalarProgram> programs;
  private final int[] addressRegisters;
  private final SuperscalarExecutor executor;

  private RandomXCache(CacheParameters parameters, byte[] key, OffHeapMemory memory) {
    this.parameters = parameters;
    this.key = key;
    this.memory = memory;
    this.programs =
        SuperscalarProgram.generate(
            key, parameters.superscalarLatency(), CacheParameters.CACHE_ACCESSES);
    this.addressRegisters =
        programs.stream().mapToInt(SuperscalarProgram::addressRegister).toArray();
    this.executor = SuperscalarExecutor.of(programs);
  }

  /** Computes the cache of a key in the best way that this machine offers. */
  public static RandomXCache create(
      CacheParameters parameters, byte[] key, int threads, DoubleConsumer progress)
      throws InterruptedException {
    return create(parameters, key, threads, progress, EngineSettings.AUTO);
  }

  /**
   * Computes the cache of a key, in a third of a second, or about a second in Java; or takes that
   * of another process, if the settings say so and there is one.
   *
   * @param threads how many threads may work on it; more than one help only variants with lanes
   * @param progress told the finished part, from 0 to 1
   * @param settings whether machine code computes it, with which instructions, the pages, and who
   *     shares it
   * @throws IllegalArgumentException if the key is longer than {@link #MAX_KEY_LENGTH}
   * @throws io.p2pmining.core.memory.InsufficientMemoryException if there is no memory for it
   * @throws io.p2pmining.core.memory.CodeMemoryException if the compiler is required and there is
   *     no memory for its code
   * @throws IllegalStateException if it is required and there is none for this processor
   * @throws io.p2pmining.core.memory.SharedMemoryException if it must be shared and cannot be
   * @throws InterruptedException if the calling thread is interrupted; the memory is free again
   */
  public static RandomXCache create(
      CacheParameters parameters,
      byte[] key,
      int threads,
      DoubleConsumer progress,
      EngineSettings settings)
      throws InterruptedException {
    if (key.length > MAX_KEY_LENGTH) {
      throw new IllegalArgumentException(
          "key length=" + key.length + ", a RandomX key has at most " + MAX_KEY_LENGTH + " bytes");
    }
    byte[] ownKey = key.clone();
    TableRequest request =
        new TableRequest(SeedTables.cache(parameters, ownKey), PURPOSE, settings.pages());
    TableContent content =
        new TableContent() {
          @Override
          public void fill(MemorySegment table) throws InterruptedException {
            RandomXCache.fill(parameters, table, ownKey, threads, progress, settings);
          }

          @Override
          public boolean accepts(MemorySegment table) {
            return true; // Its checksum says it all: no part can be computed without the rest.
          }
        };
    OffHeapMemory memory = SharedTables.of(settings.sharing()).obtain(request, content);
    boolean complete = false;
    try {
      RandomXCache cache = new RandomXCache(parameters, ownKey, memory);
      complete = true;
      return cache;
    } finally {
      if (!complete) {
        memory.close();
      }
    }
  }

  private static void fill(
      CacheParameters parameters,
      MemorySegment memory,
      byte[] key,
      int threads,
      DoubleConsumer progress,
      EngineSettings settings)
      throws InterruptedException {
    byte[] salt = parameters.argonSalt().getBytes(StandardCharsets.ISO_8859_1);
    Argon2d argon = new Argon2d(salt, parameters.argonPasses(), parameters.argonLanes());
    Optional<Supplier<Argon2Code>> generator =
        Argon2Kind.bestOn(CpuFeatures.detect().limitedBy(settings.instructions()))
            .filter(kind -> Argon2Code.supports(parameters.argonLanes()))
            .map(kind -> () -> Argon2Code.generate(kind));
    Optional<Argon2Code> generated = GeneratedCode.generate(settings, PURPOSE, generator);
    if (generated.isEmpty()) {
      argon.fill(memory, key, threads, progress);
      return;
    }
    try (Argon2Code code = generated.get()) {
      argon.fill(memory, key, threads, progress, code);
    }
  }

  /** The parameters it was created with. */
  public CacheParameters parameters() {
    return parameters;
  }

  /** A copy of the key. */
  public byte[] key() {
    return key.clone();
  }

  /** The kind of pages under the cache. */
  public MemoryPages pages() {
    return memory.pages();
  }

  /** The dataset as computed from this cache, for one thread (light mode). */
  public DatasetItems items() {
    return new ComputedItems(this);
  }

  /** The memory that Argon2d filled. */
  OffHeapMemory memory() {
    return memory;
  }

  /** Runs the eight programs. */
  SuperscalarExecutor executor() {
    return executor;
  }

  /** By program, the register that chooses the cache line of the next one. */
  int[] addressRegisters() {
    return addressRegisters.clone();
  }

  /** The programs, one for each cache line that goes into an item; cannot be changed. */
  public List<SuperscalarProgram> programs() {
    return programs;
  }

  /** The address of the first cache line; valid until this is closed. */
  public long address() {
    return memory.segment().address();
  }

  /** Frees the memory. Whoever still computes items gets an {@link IllegalStateException}. */
  @Override
  public void close() {
    memory.close();
  }
}
