package io.p2pmining.cli.up;

import tools.jackson.databind.JsonNode;

/**
 * How a cluster does, as {@code GET /cluster} says it.
 *
 * @param hashesPerSecond the rate now
 * @param hashesPerSecondMinute the rate over the last minute
 * @param sharesAccepted shares that were verified
 * @param sharesRejected shares that were refused, for whatever reason
 * @param blocksAccepted blocks in the main chain
 * @param peers workers that are connected
 * @param source what the source says about itself
 */
record ClusterStatus(
    double hashesPerSecond,
    double hashesPerSecondMinute,
    long sharesAccepted,
    long sharesRejected,
    long blocksAccepted,
    int peers,
    String source) {

  /** Reads an answer; what it does not hold is 0 or empty. */
  static ClusterStatus of(JsonNode json) {
    JsonNode rates = json.path("hashesPerSecond");
    return new ClusterStatus(
        rates.path("now").asDouble(0),
        rates.path("oneMinute").asDouble(0),
        json.path("shares").path("accepted").asLong(0),
        json.path("shares").path("rejected").asLong(0),
        json.path("blocks").path("accepted").asLong(0),
        json.path("peers").path("connected").asInt(0),
        json.path("sources").path(0).path("detail").asString(""));
  }
}
