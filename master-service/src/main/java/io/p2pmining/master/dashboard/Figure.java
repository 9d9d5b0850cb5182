package io.p2pmining.master.dashboard;

/**
 * A value as people read it.
 *
 * @param text short, with its unit
 * @param exact the whole of it, shown on demand
 */
record Figure(String text, String exact) {

  /** Nothing is known. */
  static final Figure NONE = new Figure("–", "not known");
}
