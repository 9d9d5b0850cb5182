package io.p2pmining.core.memory;

/** How memory for generated code can be written and executed. */
public enum CodeViews {
  /** Two views of the same pages, one to write through and one to execute; the best. */
  TWO_VIEWS,
  /** One view, either writable or executable; each change is a call of the system. */
  FLIPPED,
  /** One view, both at once, so that whoever can write a byte of it can execute it. */
  WRITABLE_AND_EXECUTABLE
}
