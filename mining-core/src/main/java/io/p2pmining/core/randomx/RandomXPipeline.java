package io.p2pmining.core.randomx;

import io.p2pmining.core.crypto.Blake2b;
import io.p2pmining.core.pow.HashPipeline;
import io.p2pmining.core.pow.Hasher;
import io.p2pmining.core.randomx.vm.RandomXVm;

/**
 * The algorithm around the virtual machine (specification, section 2), for all lanes of a machine
 * at once. Owned by one thread.
 */
final class RandomXPipeline implements HashPipeline {

  private final RandomXParameters parameters;
  private final RandomXVm vm;
  private final Blake2b hash512 = new Blake2b(RandomXVm.SEED_BYTES);
  private final Blake2b hash256 = new Blake2b(Hasher.HASH_LENGTH);
  private final byte[] registerFile = new byte[RandomXVm.REGISTER_FILE_BYTES];
  private final byte[] seed = new byte[RandomXVm.SEED_BYTES];
  private final byte[][] loaded;
  private final Runnable closed;
  private boolean open = true;

  /**
   * A pipeline that owns its machine.
   *
   * @param closed told once, after this is closed
   */
  RandomXPipeline(RandomXParameters parameters, RandomXVm vm, Runnable closed) {
    this.parameters = parameters;
    this.vm = vm;
    this.closed = closed;
    this.loaded = new byte[vm.lanes()][RandomXVm.SEED_BYTES];
  }

  @Override
  public int lanes() {
    return vm.lanes();
  }

  @Override
  public void load(int lane, byte[] input, int length) {
    hash512.hash(input, 0, length, loaded[lane], 0);
  }

  @Override
  public void begin() {
    requireOpen();
    seedLoaded();
    vm.start();
  }

  @Override
  public void next(byte[][] hashes) {
    requireOpen();
    executePrograms();
    seedLoaded();
    vm.restart();
    hashRegisterFiles(hashes);
  }

  @Override
  public void finish(byte[][] hashes) {
    requireOpen();
    executePrograms();
    vm.fingerprint();
    hashRegisterFiles(hashes);
  }

  /** Generated code does not notice that its memory is gone. */
  private void requireOpen() {
    if (!open) {
      throw new IllegalStateException("the pipeline is closed");
    }
  }

  @Override
  public void proof(byte[] input, int length, byte[] hash, byte[] proof) {
    Commitment.proof(parameters.version(), hash256, input, length, hash, proof);
  }

  private void seedLoaded() {
    for (int lane = 0; lane < loaded.length; lane++) {
      vm.seed(lane, loaded[lane]);
    }
  }

  private void executePrograms() {
    for (int program = 0; program < parameters.programCount(); program++) {
      if (program > 0) {
        seedFromRegisterFiles();
      }
      vm.program();
      vm.execute();
    }
  }

  private void seedFromRegisterFiles() {
    for (int lane = 0; lane < loaded.length; lane++) {
      vm.copyRegisterFile(lane, registerFile);
      hash512.hash(registerFile, 0, registerFile.length, seed, 0);
      vm.seed(lane, seed);
    }
  }

  private void hashRegisterFiles(byte[][] hashes) {
    for (int lane = 0; lane < loaded.length; lane++) {
      vm.copyRegisterFile(lane, registerFile);
      hash256.hash(registerFile, 0, registerFile.length, hashes[lane], 0);
    }
  }

  @Override
  public void close() {
    if (!open) {
      return;
    }
    open = false;
    try {
      vm.close();
    } finally {
      closed.run();
    }
  }
}
