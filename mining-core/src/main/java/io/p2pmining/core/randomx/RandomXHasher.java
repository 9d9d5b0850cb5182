package io.p2pmining.core.randomx;

import io.p2pmining.core.crypto.AesGenerator4R;
import io.p2pmining.core.crypto.Blake2b;
import io.p2pmining.core.crypto.LittleEndian;
import io.p2pmining.core.pow.Hasher;
import io.p2pmining.core.randomx.vm.RandomXVm;

/** The algorithm around the virtual machine (specification, section 2). Owned by one thread. */
final class RandomXHasher implements Hasher {

  private static final int SEED_BYTES = 64;

  private final RandomXParameters parameters;
  private final RandomXVm vm;
  private final Blake2b hash512 = new Blake2b(SEED_BYTES);
  private final Blake2b hash256 = new Blake2b(HASH_LENGTH);
  private final byte[] seed = new byte[SEED_BYTES];
  private final long[] generatorState = new long[AesGenerator4R.STATE_WORDS];
  private final long[] programBuffer;
  private final byte[] registerFile = new byte[RandomXVm.REGISTER_FILE_BYTES];

  RandomXHasher(RandomXParameters parameters, RandomXVm vm) {
    this.parameters = parameters;
    this.vm = vm;
    this.programBuffer = new long[parameters.programBufferWords()];
  }

  @Override
  public void hash(byte[] input, int length, byte[] hash) {
    seedGenerator(input, length);
    vm.start(generatorState);
    for (int program = 0; program < parameters.programCount(); program++) {
      if (program > 0) {
        seedGenerator(registerFile, registerFile.length);
      }
      parameters.programGenerator().generate(generatorState, programBuffer);
      vm.execute(programBuffer);
      vm.storeRegisterFile(registerFile);
    }
    vm.storeFingerprint(registerFile);
    hash256.hash(registerFile, 0, registerFile.length, hash, 0);
  }

  @Override
  public void proof(byte[] input, int length, byte[] hash, byte[] proof) {
    Commitment.proof(parameters.version(), hash256, input, length, hash, proof);
  }

  private void seedGenerator(byte[] input, int length) {
    hash512.hash(input, 0, length, seed, 0);
    for (int i = 0; i < generatorState.length; i++) {
      generatorState[i] = LittleEndian.getLong(seed, i * Long.BYTES);
    }
  }

  @Override
  public void close() {
    vm.close();
  }
}
