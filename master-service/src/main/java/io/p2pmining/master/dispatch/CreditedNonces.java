package io.p2pmining.master.dispatch;

import io.p2pmining.master.work.PeerId;

/**
 * The nonces of one job that were credited, each with a mark of the result by which: whoever sends
 * that result again gets the same verdict, another one is a duplicate. Open addressing with linear
 * probing; about 16 bytes a nonce. Owned by the dispatcher's thread.
 */
final class CreditedNonces {

  private static final int FIRST_CAPACITY = 16;
  private static final int FREE = 0;

  private int[] nonces = new int[FIRST_CAPACITY];

  /** {@link #FREE} where there is no nonce. */
  private int[] marks = new int[FIRST_CAPACITY];

  private int size;

  /** What a nonce is marked with that this result was credited for; never 0. */
  static int mark(PeerId peer, long resultId) {
    long mixed = (peer.hex().hashCode() * 0x9e3779b97f4a7c15L) ^ (resultId * 0xbf58476d1ce4e5b9L);
    mixed ^= mixed >>> 31;
    mixed *= 0x94d049bb133111ebL;
    int mark = (int) (mixed >>> 32);
    return mark == FREE ? 1 : mark;
  }

  /** How many nonces are credited. */
  int size() {
    return size;
  }

  /** The mark of the result by which a nonce was credited; 0 if it was not. */
  int find(long nonce) {
    return marks[slot((int) nonce)];
  }

  /**
   * Credits a nonce unless it is.
   *
   * @return 0 if it was not, else the mark of the result by which it was
   */
  int credit(long nonce, int mark) {
    int slot = slot((int) nonce);
    if (marks[slot] != FREE) {
      return marks[slot];
    }
    nonces[slot] = (int) nonce;
    marks[slot] = mark;
    size++;
    if (size > nonces.length / 2) {
      grow();
    }
    return FREE;
  }

  /** Takes a credit back. */
  void revoke(long nonce) {
    int hole = slot((int) nonce);
    if (marks[hole] == FREE) {
      return;
    }
    size--;
    int mask = nonces.length - 1;
    for (int slot = (hole + 1) & mask; marks[slot] != FREE; slot = (slot + 1) & mask) {
      int home = home(nonces[slot]);
      boolean reachesOverHole = ((slot - home) & mask) >= ((slot - hole) & mask);
      if (reachesOverHole) {
        nonces[hole] = nonces[slot];
        marks[hole] = marks[slot];
        hole = slot;
      }
    }
    marks[hole] = FREE;
  }

  private int slot(int nonce) {
    int mask = nonces.length - 1;
    int slot = home(nonce);
    while (marks[slot] != FREE && nonces[slot] != nonce) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private int home(int nonce) {
    int mixed = nonce * 0x9e3779b9;
    return (mixed ^ (mixed >>> 15)) & (nonces.length - 1);
  }

  private void grow() {
    int[] oldNonces = nonces;
    int[] oldMarks = marks;
    nonces = new int[2 * oldNonces.length];
    marks = new int[2 * oldMarks.length];
    size = 0;
    for (int i = 0; i < oldNonces.length; i++) {
      if (oldMarks[i] != FREE) {
        credit(oldNonces[i], oldMarks[i]);
      }
    }
  }
}
