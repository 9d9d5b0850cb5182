package io.p2pmining.benchmarks.contender;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The inputs of XMRig's benchmark: zeros and a nonce. */
public final class Blob {

  /** The length of every input in bytes. */
  public static final int LENGTH = 112;

  private static final int NONCE_OFFSET = 39;
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private Blob() {}

  /** A new input. */
  public static byte[] withNonce(int nonce) {
    byte[] blob = new byte[LENGTH];
    setNonce(blob, nonce);
    return blob;
  }

  /** Puts a nonce into an input. */
  public static void setNonce(byte[] blob, int nonce) {
    INT.set(blob, NONCE_OFFSET, nonce);
  }
}
