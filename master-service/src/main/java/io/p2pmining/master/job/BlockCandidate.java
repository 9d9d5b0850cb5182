package io.p2pmining.master.job;

import io.p2pmining.common.work.Bytes;

/**
 * A nonce that is said to make a block.
 *
 * @param job the job it belongs to
 * @param nonce the nonce, 0 to 2³² − 1
 * @param hash the proof-of-work hash that the worker claims, 32 bytes
 */
public record BlockCandidate(Job job, long nonce, Bytes hash) {}
