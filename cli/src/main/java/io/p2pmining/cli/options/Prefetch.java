package io.p2pmining.cli.options;

import io.p2pmining.core.pow.PrefetchMode;

/** Ways to fetch ahead. */
public final class Prefetch extends Choice<PrefetchMode> {

  public Prefetch() {
    super(PrefetchMode.values(), PrefetchMode::label);
  }
}
