package io.p2pmining.worker.node;

/** Whether the worker finds out by itself how it hashes fastest. */
public enum TuneSetting {
  /** Beside the mining, where no result is stored yet. */
  AUTO,
  /** Neither that, nor by what is stored. */
  OFF
}
