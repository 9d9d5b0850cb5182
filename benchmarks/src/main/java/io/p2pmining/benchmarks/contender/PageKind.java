package io.p2pmining.benchmarks.contender;

import io.p2pmining.core.memory.PagePolicy;

/** The pages that contenders are told to use; a comparison leaves no choice of them. */
public enum PageKind {
  SMALL("4k", PagePolicy.SMALL),
  TRANSPARENT_HUGE("thp", PagePolicy.TRANSPARENT_HUGE),
  HUGE("2m", PagePolicy.HUGE),
  GIGANTIC("1g", PagePolicy.GIGANTIC);

  private final String label;
  private final PagePolicy policy;

  PageKind(String label, PagePolicy policy) {
    this.label = label;
    this.policy = policy;
  }

  /** The word for it in options, reports and the protocol. */
  public String label() {
    return label;
  }

  /** How memory on such pages is asked for. */
  public PagePolicy policy() {
    return policy;
  }

  /**
   * The kind of a word.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static PageKind of(String label) {
    for (PageKind kind : values()) {
      if (kind.label.equals(label)) {
        return kind;
      }
    }
    throw new IllegalArgumentException("pages=" + label + ", must be 4k, thp, 2m or 1g");
  }
}
