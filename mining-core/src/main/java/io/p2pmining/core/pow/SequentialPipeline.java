package io.p2pmining.core.pow;

/** A pipeline of one lane over a hasher that computes one hash after the other. */
final class SequentialPipeline implements HashPipeline {

  private final Hasher hasher;
  private byte[] loaded = new byte[0];
  private int loadedLength;
  private byte[] current = new byte[0];
  private int currentLength;

  SequentialPipeline(Hasher hasher) {
    this.hasher = hasher;
  }

  @Override
  public int lanes() {
    return 1;
  }

  @Override
  public boolean overlaps() {
    return false;
  }

  @Override
  public void load(int lane, byte[] input, int length) {
    if (loaded.length < length) {
      loaded = new byte[length];
    }
    System.arraycopy(input, 0, loaded, 0, length);
    loadedLength = length;
  }

  @Override
  public void begin() {
    byte[] spare = current;
    current = loaded;
    currentLength = loadedLength;
    loaded = spare;
  }

  @Override
  public void next(byte[][] hashes) {
    finish(hashes);
    begin();
  }

  @Override
  public void finish(byte[][] hashes) {
    hasher.hash(current, currentLength, hashes[0]);
  }

  @Override
  public void proof(byte[] input, int length, byte[] hash, byte[] proof) {
    hasher.proof(input, length, hash, proof);
  }

  @Override
  public void close() {
    hasher.close();
  }
}
