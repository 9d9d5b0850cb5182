package io.p2pmining.master.trust;

import java.time.Duration;

/**
 * A quarantine that a peer has earned.
 *
 * @param reason for operators and for the worker
 */
public record Sentence(Duration duration, String reason) {}
