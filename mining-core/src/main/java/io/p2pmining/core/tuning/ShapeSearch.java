package io.p2pmining.core.tuning;

import io.p2pmining.core.miner.MiningShape;
import io.p2pmining.core.tuning.Trial.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Looks for the fastest shape, one aspect after the other, each from the best so far. Owned by one
 * thread; run once.
 */
final class ShapeSearch {

  private final RateMeter meter;
  private final TuningRule rule;
  private final TuningChoices choices;
  private final Consumer<Trial> progress;
  private final Duration window;
  private final List<Trial> trials = new ArrayList<>();
  private MiningShape best;
  private double bestRate;
  private boolean complete = true;

  /**
   * A search from a shape on.
   *
   * @param progress told each trial when its verdict is known
   */
  ShapeSearch(
      RateMeter meter,
      TuningRule rule,
      TuningChoices choices,
      MiningShape start,
      Consumer<Trial> progress) {
    this.meter = meter;
    this.rule = rule;
    this.choices = choices;
    this.progress = progress;
    this.window = rule.window(choices.measured(start));
    this.best = start;
  }

  /** The best so far. */
  MiningShape best() {
    return best;
  }

  TuningResult run() throws InterruptedException {
    for (Aspect aspect : Aspect.values()) {
      List<MiningShape> alternatives = choices.alternatives(aspect, best);
      if (!alternatives.isEmpty()) {
        compare(aspect, alternatives);
      }
    }
    return new TuningResult(best, bestRate, trials, complete, Duration.ofNanos(meter.spentNanos()));
  }

  private void compare(Aspect aspect, List<MiningShape> alternatives) throws InterruptedException {
    Contender incumbent = new Contender(best);
    List<Contender> all = new ArrayList<>(List.of(incumbent));
    alternatives.forEach(shape -> all.add(new Contender(shape)));
    for (int round = 0; round < rule.rounds(); round++) {
      if (!measureRound(all, round)) {
        complete = false;
        break;
      }
      all.forEach(contender -> contender.giveUpIfHopeless(incumbent));
    }
    Contender winner = winner(incumbent, all);
    for (Contender contender : all) {
      tell(contender.trial(aspect, verdict(contender, incumbent, winner)));
    }
    best = winner.shape;
    bestRate = winner.rate();
  }

  /**
   * Measures each once, another one first in each round; false if time has run out, and then none
   * of the round counts.
   */
  private boolean measureRound(List<Contender> all, int round) throws InterruptedException {
    for (int i = 0; i < all.size(); i++) {
      Contender contender = all.get((round + i) % all.size());
      if (contender.active && !measure(contender)) {
        all.forEach(other -> other.forgetAfter(round));
        return false;
      }
    }
    return true;
  }

  private boolean measure(Contender contender) throws InterruptedException {
    while (meter.spentNanos() < rule.budget().toNanos()) {
      switch (meter.measure(contender.shape, window)) {
        case Reading.Rate(double rate, long hashes) -> {
          contender.add(rate, hashes);
          return true;
        }
        case Reading.Refused() -> {
          contender.refuse();
          return true;
        }
        case Reading.Disturbed() -> meter.awaitCalm(best);
      }
    }
    return false;
  }

  private Contender winner(Contender incumbent, List<Contender> all) {
    Contender winner = incumbent;
    for (Contender contender : all) {
      if (contender.beats(incumbent) && contender.rate() > winner.rate()) {
        winner = contender;
      }
    }
    return winner;
  }

  private Verdict verdict(Contender contender, Contender incumbent, Contender winner) {
    if (contender.refused) {
      return Verdict.REFUSED;
    }
    if (contender == winner) {
      return winner == incumbent ? Verdict.KEPT : Verdict.CHOSEN;
    }
    if (contender == incumbent) {
      return Verdict.BEATEN;
    }
    if (!contender.active) {
      return Verdict.TOO_SLOW;
    }
    return contender.rates.size() < rule.rounds() ? Verdict.UNFINISHED : Verdict.NOT_BETTER;
  }

  private void tell(Trial trial) {
    trials.add(trial);
    progress.accept(trial);
  }

  /** A shape that is measured against others, and its rates, one a round. */
  private final class Contender {

    final MiningShape shape;
    final List<Double> rates = new ArrayList<>();
    boolean active = true;
    boolean refused;
    private long fewestHashes = Long.MAX_VALUE;

    Contender(MiningShape shape) {
      this.shape = shape;
    }

    void add(double rate, long hashes) {
      rates.add(rate);
      fewestHashes = Math.min(fewestHashes, hashes);
    }

    void refuse() {
      active = false;
      refused = true;
    }

    void forgetAfter(int rounds) {
      rates.subList(Math.min(rounds, rates.size()), rates.size()).clear();
    }

    void giveUpIfHopeless(Contender incumbent) {
      if (this != incumbent && active && rule.isHopeless(values(), incumbent.first(rates.size()))) {
        active = false;
      }
    }

    boolean beats(Contender incumbent) {
      return this != incumbent
          && active
          && !rule.isTooFew(Math.min(fewestHashes, incumbent.fewestHashes))
          && rule.isBetter(values(), incumbent.first(rates.size()));
    }

    double rate() {
      return rates.isEmpty() ? 0 : TuningRule.median(values());
    }

    Trial trial(Aspect aspect, Verdict verdict) {
      double spread = rates.isEmpty() ? 0 : TuningRule.spread(values());
      return new Trial(aspect, shape, rates.size(), rate(), spread, verdict);
    }

    private double[] values() {
      return first(rates.size());
    }

    private double[] first(int count) {
      return rates.stream().limit(count).mapToDouble(Double::doubleValue).toArray();
    }
  }
}
