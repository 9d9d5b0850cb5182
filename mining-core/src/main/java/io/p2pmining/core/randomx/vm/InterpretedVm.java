package io.p2pmining.core.randomx.vm;

import io.p2pmining.core.crypto.AesGenerator1R;
import io.p2pmining.core.crypto.AesHash1R;
import io.p2pmining.core.crypto.LittleEndian;
import io.p2pmining.core.randomx.DatasetItems;
import io.p2pmining.core.randomx.RandomXParameters;
import io.p2pmining.core.randomx.interpreter.Interpreter;

/**
 * The machine in plain Java, with one lane: runs anywhere, and is what other engines are compared
 * with.
 */
final class InterpretedVm implements RandomXVm {

  private static final int GROUP_A_OFFSET = 192;

  private final RandomXParameters parameters;
  private final long[] scratchpad;
  private final long[] state = new long[AesGenerator1R.STATE_WORDS];
  private final long[] fingerprint = new long[AesHash1R.HASH_WORDS];
  private final long[] programBuffer;
  private final byte[] registerFile = new byte[REGISTER_FILE_BYTES];
  private final Interpreter interpreter;

  InterpretedVm(RandomXParameters parameters, DatasetItems dataset) {
    this.parameters = parameters;
    scratchpad = new long[parameters.scratchpad().l3Bytes() / Long.BYTES];
    programBuffer = new long[parameters.programBufferWords()];
    interpreter = new Interpreter(parameters, dataset, scratchpad);
  }

  @Override
  public int lanes() {
    return 1;
  }

  @Override
  public void seed(int lane, byte[] seed) {
    for (int i = 0; i < state.length; i++) {
      state[i] = LittleEndian.getLong(seed, i * Long.BYTES);
    }
  }

  @Override
  public void copySeed(int lane, byte[] target) {
    putWords(state, target, 0);
  }

  @Override
  public void start() {
    AesGenerator1R.generate(state, scratchpad);
    interpreter.resetRoundingMode();
  }

  @Override
  public void program() {
    parameters.programGenerator().generate(state, programBuffer);
  }

  @Override
  public void program(int lane, long[] buffer) {
    System.arraycopy(buffer, 0, programBuffer, 0, programBuffer.length);
  }

  @Override
  public void execute() {
    interpreter.execute(programBuffer);
    interpreter.storeRegisterFile(registerFile);
  }

  @Override
  public void copyRegisterFile(int lane, byte[] target) {
    System.arraycopy(registerFile, 0, target, 0, REGISTER_FILE_BYTES);
  }

  @Override
  public void fingerprint() {
    AesHash1R.hash(scratchpad, fingerprint);
    putWords(fingerprint, registerFile, GROUP_A_OFFSET);
  }

  @Override
  public void restart() {
    fingerprint();
    start();
  }

  @Override
  public int roundingMode(int lane) {
    return interpreter.roundingMode();
  }

  @Override
  public void copyScratchpad(int lane, byte[] target) {
    putWords(scratchpad, target, 0);
  }

  private static void putWords(long[] words, byte[] target, int offset) {
    for (int i = 0; i < words.length; i++) {
      LittleEndian.putLong(target, offset + i * Long.BYTES, words[i]);
    }
  }

  @Override
  public void close() {}
}
