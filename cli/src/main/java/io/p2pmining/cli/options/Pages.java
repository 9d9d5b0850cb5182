package io.p2pmining.cli.options;

import io.p2pmining.core.memory.PagePolicy;

/** Kinds of memory pages. */
public final class Pages extends Choice<PagePolicy> {

  public Pages() {
    super(PagePolicy.values(), PagePolicy::label);
  }
}
