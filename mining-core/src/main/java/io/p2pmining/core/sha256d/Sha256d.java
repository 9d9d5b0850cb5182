package io.p2pmining.core.sha256d;

import io.p2pmining.core.pow.Hasher;
import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.core.pow.PowAlgorithm;
import io.p2pmining.core.pow.Preparation;
import io.p2pmining.core.pow.PreparedSeed;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Set;

/** SHA-256 of SHA-256 (FIPS 180-4), as Bitcoin uses it: no key, no memory. */
final class Sha256d implements PowAlgorithm {

  @Override
  public String name() {
    return "sha256d";
  }

  @Override
  public int maxSeedLength() {
    return 0;
  }

  @Override
  public Set<HashingMode> modes() {
    return Set.of(HashingMode.LIGHT);
  }

  @Override
  public long preparedBytes(HashingMode mode) {
    return 0;
  }

  @Override
  public long hasherBytes() {
    return 0;
  }

  @Override
  public PreparedSeed prepare(byte[] seed, HashingMode mode, Preparation preparation) {
    if (seed.length != 0) {
      throw new IllegalArgumentException("sha256d has no key: seed length=" + seed.length);
    }
    if (mode != HashingMode.LIGHT) {
      throw new IllegalArgumentException("sha256d has no mode " + mode);
    }
    preparation.progress().accept(1);
    return new Prepared();
  }

  private final class Prepared implements PreparedSeed {

    @Override
    public PowAlgorithm algorithm() {
      return Sha256d.this;
    }

    @Override
    public HashingMode mode() {
      return HashingMode.LIGHT;
    }

    @Override
    public byte[] seed() {
      return new byte[0];
    }

    @Override
    public String engine() {
      return "java";
    }

    @Override
    public String pages() {
      return "4k";
    }

    @Override
    public Duration cacheInitTime() {
      return Duration.ZERO;
    }

    @Override
    public Duration datasetInitTime() {
      return Duration.ZERO;
    }

    @Override
    public Hasher newHasher() {
      return new Sha256dHasher();
    }

    @Override
    public void close() {}
  }

  private static final class Sha256dHasher implements Hasher {

    private final MessageDigest digest = sha256();

    @Override
    public void hash(byte[] input, int length, byte[] hash) {
      try {
        digest.update(input, 0, length);
        digest.digest(hash, 0, HASH_LENGTH);
        digest.update(hash, 0, HASH_LENGTH);
        digest.digest(hash, 0, HASH_LENGTH);
      } catch (DigestException e) {
        throw new IllegalArgumentException("hash length=" + hash.length, e);
      }
    }

    @Override
    public void close() {}

    private static MessageDigest sha256() {
      try {
        return MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java platform must have SHA-256", e);
      }
    }
  }
}
