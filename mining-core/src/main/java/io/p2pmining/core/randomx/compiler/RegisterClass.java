package io.p2pmining.core.randomx.compiler;

import io.p2pmining.core.randomx.program.Opcode;
import java.util.List;

/** For which register numbers an instruction has code of its own, apart from the numbers in it. */
enum RegisterClass {
  /** None. */
  NONE(Form.ANY),
  /** The same register twice, which stands for an immediate or for nothing. */
  SAME(Form.ANY, Form.SAME),
  /** IADD_RS: r5 takes a displacement. */
  DISPLACED(Form.ANY, Form.DST_R5),
  /** An address in src. */
  ADDRESS(Form.ANY, Form.SRC_R4),
  /** An address in src; the same register twice stands for an address without one. */
  OPERAND(Form.ANY, Form.SRC_R4, Form.SAME),
  /** An address in dst. */
  STORE_ADDRESS(Form.ANY, Form.DST_R4);

  /** Register numbers for which the same code differs in these numbers only. */
  enum Form {
    ANY(Form.FREE, Form.FREE),
    SAME(Form.FREE, Form.FREE),
    DST_R5(5, Form.FREE),
    // As the base of an address r4, which is R12, takes a byte more (Intel's manual, volume 2).
    DST_R4(4, Form.FREE),
    SRC_R4(Form.FREE, 4);

    private static final int FREE = -1;

    private final int dst;
    private final int src;

    Form(int dst, int src) {
      this.dst = dst;
      this.src = src;
    }

    /** The number of dst, where it could be {@code wanted}. */
    int dst(int wanted) {
      return dst == FREE ? wanted : dst;
    }

    /** The number of src beside this dst, where it could be {@code wanted}. */
    int src(int dst, int wanted) {
      return this == SAME ? dst : src == FREE ? wanted : src;
    }

    private boolean has(int dst, int src) {
      return dst(dst) == dst && src(dst, src) == src;
    }
  }

  /** From the most general to the most special. */
  final List<Form> forms;

  RegisterClass(Form... forms) {
    this.forms = List.of(forms);
  }

  static RegisterClass of(Opcode opcode) {
    return switch (opcode) {
      case IADD_RS -> DISPLACED;
      case ISUB_R, IMUL_R, IXOR_R, IROR_R, IROL_R, ISWAP_R -> SAME;
      case IADD_M, ISUB_M, IMUL_M, IMULH_M, ISMULH_M, IXOR_M -> OPERAND;
      case FADD_M, FSUB_M, FDIV_M -> ADDRESS;
      case ISTORE -> STORE_ADDRESS;
      case IMULH_R,
          ISMULH_R,
          IMUL_RCP,
          INEG_R,
          FSWAP_R,
          FADD_R,
          FSUB_R,
          FSCAL_R,
          FMUL_R,
          FSQRT_R,
          CBRANCH,
          CFROUND,
          NOP ->
          NONE;
    };
  }

  /** The place in {@link #forms} of the one for these numbers. */
  int of(int dst, int src) {
    int form = forms.size() - 1;
    while (!forms.get(form).has(dst, src)) {
      form--;
    }
    return form;
  }
}
