package io.p2pmining.cli.up;

/** In which mode the workers of a cluster hash, if nobody says otherwise. */
sealed interface ClusterMode {

  /** The setting with which an operator says otherwise. */
  String SETTING = "p2pmine.worker.mode";

  /** Each takes full mode where its memory allows, as there is enough for all. */
  record Open() implements ClusterMode {}

  /**
   * All take light mode.
   *
   * @param reason why, as the end of a sentence
   */
  record Light(String reason) implements ClusterMode {}
}
