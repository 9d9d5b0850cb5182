package io.p2pmining.core.randomx.vm;

import io.p2pmining.core.crypto.AesGenerator1R;
import io.p2pmining.core.crypto.AesHash1R;
import io.p2pmining.core.crypto.LittleEndian;
import io.p2pmining.core.randomx.DatasetItems;
import io.p2pmining.core.randomx.RandomXParameters;
import io.p2pmining.core.randomx.interpreter.Interpreter;

/** The machine in plain Java: runs anywhere, and is what other engines are compared with. */
final class InterpretedVm implements RandomXVm {

  private static final int GROUP_A_OFFSET = 192;

  private final long[] scratchpad;
  private final long[] fingerprint = new long[AesHash1R.HASH_WORDS];
  private final Interpreter interpreter;

  InterpretedVm(RandomXParameters parameters, DatasetItems dataset) {
    scratchpad = new long[parameters.scratchpad().l3Bytes() / Long.BYTES];
    interpreter = new Interpreter(parameters, dataset, scratchpad);
  }

  @Override
  public void start(long[] generatorState) {
    AesGenerator1R.generate(generatorState, scratchpad);
    interpreter.resetRoundingMode();
  }

  @Override
  public void execute(long[] programBuffer) {
    interpreter.execute(programBuffer);
  }

  @Override
  public void storeRegisterFile(byte[] target) {
    interpreter.storeRegisterFile(target);
  }

  @Override
  public void storeFingerprint(byte[] registerFile) {
    AesHash1R.hash(scratchpad, fingerprint);
    for (int i = 0; i < fingerprint.length; i++) {
      LittleEndian.putLong(registerFile, GROUP_A_OFFSET + i * Long.BYTES, fingerprint[i]);
    }
  }

  @Override
  public int roundingMode() {
    return interpreter.roundingMode();
  }

  @Override
  public void copyScratchpad(byte[] target) {
    for (int i = 0; i < scratchpad.length; i++) {
      LittleEndian.putLong(target, i * Long.BYTES, scratchpad[i]);
    }
  }

  @Override
  public void close() {}
}
