package io.p2pmining.master.dashboard;

import java.util.List;

/** Jobs and how far their units are. */
record WorkView(List<Row> jobs, List<UnitCount> units) {

  WorkView {
    jobs = List.copyOf(jobs);
    units = List.copyOf(units);
  }

  /**
   * A job.
   *
   * @param tone the class of its mark
   * @param measured whether it matters how much of it is searched
   * @param difficult whether it has a network's difficulty
   * @param percent of its nonces searched, for a progress bar; as a decimal fraction of 100
   * @param rate how fast it advances, with an empty text when it has ended; {@code left}, how long
   *     the rest takes, likewise if that means nothing
   */
  record Row(
      String id,
      String title,
      String algorithm,
      String state,
      String tone,
      boolean measured,
      boolean difficult,
      Figure difficulty,
      String percent,
      Figure progress,
      Figure rate,
      Figure left,
      Figure shares,
      Figure age) {}

  /** How many units are in one state. */
  record UnitCount(String state, Figure count) {}
}
