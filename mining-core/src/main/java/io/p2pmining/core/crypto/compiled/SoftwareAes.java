package io.p2pmining.core.crypto.compiled;

import static io.p2pmining.core.x86.Gpr.RAX;
import static io.p2pmining.core.x86.Gpr.RCX;
import static io.p2pmining.core.x86.VectorOperation.MOVDQA;
import static io.p2pmining.core.x86.VectorOperation.PSRLDQ_IMMEDIATE;
import static io.p2pmining.core.x86.VectorOperation.PUNPCKLQDQ;
import static io.p2pmining.core.x86.VectorOperation.PXOR;

import io.p2pmining.core.x86.Assembler;
import io.p2pmining.core.x86.Gpr;
import io.p2pmining.core.x86.Label;
import io.p2pmining.core.x86.VectorRegister;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * AESENC and AESDEC for processors without them, within other code: calls where a round is wanted
 * ({@link #encrypt}, {@link #decrypt}), and the subroutines and tables that they call ({@link
 * #emitSubroutines}), which are needed once. A subroutine belongs to a direction and a register for
 * the state; {@link #encryption} and {@link #decryption} name them to code that makes its own
 * calls.
 *
 * <p>A round needs SSE2, 72 bytes of stack under RSP with the return address, and changes the
 * state, XMM12 and the flags; every other register stays as it is. Belongs to one thread and one
 * assembler.
 */
public final class SoftwareAes {

  private static final VectorRegister SCRATCH = VectorRegister.xmm(12);

  /** What a round uses, see {@link SoftwareRound}. */
  private static final List<Gpr> USED =
      List.of(RAX, RCX, Gpr.RDX, Gpr.RBP, Gpr.R8, Gpr.R9, Gpr.R10, Gpr.R11);

  private final Assembler asm;
  private final SoftwareRound round;
  private final Map<Integer, Label> encryptions = new TreeMap<>();
  private final Map<Integer, Label> decryptions = new TreeMap<>();

  /** Rounds within the code of an assembler. */
  public SoftwareAes(Assembler asm) {
    this.asm = asm;
    round = new SoftwareRound(asm);
  }

  /**
   * Emits {@code state = AESENC(state, key)}.
   *
   * @param state one of XMM0 to XMM15, but not XMM12
   * @param key another one, nor XMM12
   */
  public void encrypt(VectorRegister state, VectorRegister key) {
    call(encryption(state), state, key);
  }

  /**
   * Emits {@code state = AESDEC(state, key)}.
   *
   * @param state one of XMM0 to XMM15, but not XMM12
   * @param key another one, nor XMM12
   */
  public void decrypt(VectorRegister state, VectorRegister key) {
    call(decryption(state), state, key);
  }

  private void call(Label subroutine, VectorRegister state, VectorRegister key) {
    if (key.number() == state.number() || key.number() == SCRATCH.number()) {
      throw new IllegalArgumentException(
          "state=%s, key=%s, is overwritten before it is used".formatted(state, key));
    }
    asm.call(subroutine);
    asm.sse(PXOR, state, key);
  }

  /**
   * The subroutine that does AESENC with a key of zero.
   *
   * @param state one of XMM0 to XMM15, but not XMM12
   */
  public Label encryption(VectorRegister state) {
    return subroutine(encryptions, state);
  }

  /**
   * The subroutine that does AESDEC with a key of zero.
   *
   * @param state one of XMM0 to XMM15, but not XMM12
   */
  public Label decryption(VectorRegister state) {
    return subroutine(decryptions, state);
  }

  private static Label subroutine(Map<Integer, Label> subroutines, VectorRegister state) {
    if (state.number() == SCRATCH.number()) {
      throw new IllegalArgumentException("state=" + state + ", is needed besides");
    }
    return subroutines.computeIfAbsent(state.number(), number -> new Label());
  }

  /** Emits every subroutine that was asked for, and the tables; nothing may run into them. */
  public void emitSubroutines() {
    encryptions.forEach((state, label) -> subroutine(AesDirection.ENCRYPT, state, label));
    decryptions.forEach((state, label) -> subroutine(AesDirection.DECRYPT, state, label));
    asm.align(Long.BYTES);
    round.emitTables();
  }

  private void subroutine(AesDirection direction, int stateNumber, Label label) {
    VectorRegister state = VectorRegister.xmm(stateNumber);
    asm.bind(label);
    USED.forEach(asm::push);
    asm.sse(MOVDQA, SCRATCH, state);
    asm.sseShift(PSRLDQ_IMMEDIATE, SCRATCH, Long.BYTES);
    asm.movq(SoftwareRound.LOW, state);
    asm.movq(SoftwareRound.HIGH, SCRATCH);
    round.loadTables();
    round.emit(direction);
    asm.movq(state, SoftwareRound.NEW_LOW);
    asm.movq(SCRATCH, SoftwareRound.NEW_HIGH);
    asm.sse(PUNPCKLQDQ, state, SCRATCH);
    USED.reversed().forEach(asm::pop);
    asm.ret();
  }
}
