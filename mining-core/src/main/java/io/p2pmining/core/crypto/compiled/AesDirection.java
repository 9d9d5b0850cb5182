package io.p2pmining.core.crypto.compiled;

import io.p2pmining.core.crypto.AesRound;

/** Whether a round encrypts or decrypts. */
enum AesDirection {
  ENCRYPT {
    @Override
    int column(int value) {
      return AesRound.encryptionColumn(value);
    }

    @Override
    int target(int column, int row) {
      return column - row & 3;
    }
  },

  DECRYPT {
    @Override
    int column(int value) {
      return AesRound.decryptionColumn(value);
    }

    @Override
    int target(int column, int row) {
      return column + row & 3;
    }
  };

  /** The column that a byte of row 0 contributes. */
  abstract int column(int value);

  /** The column that a byte of this column and row contributes to (FIPS 197, ShiftRows). */
  abstract int target(int column, int row);

  /** How the generators treat a block of their state (RandomX specification, 3.2 and 3.3). */
  static AesDirection ofGenerator(int block) {
    return block % 2 == 0 ? DECRYPT : ENCRYPT;
  }

  /** How the hash treats a block of its state (RandomX specification, 3.4). */
  static AesDirection ofHash(int block) {
    return block % 2 == 0 ? ENCRYPT : DECRYPT;
  }
}
