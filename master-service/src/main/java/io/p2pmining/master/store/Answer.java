package io.p2pmining.master.store;

import io.p2pmining.common.work.Bytes;
import java.time.Instant;

/**
 * What was answered to a request that its client may repeat.
 *
 * @param key the client's name for the request
 * @param fingerprint what the request asked for, as a hash: the same key with another one is a
 *     mistake of the client
 * @param status the status of the answer
 * @param location where to find what was made; empty if nothing was
 * @param body the answer, JSON
 */
public record Answer(
    String key, Bytes fingerprint, int status, String location, String body, Instant answeredAt) {}
