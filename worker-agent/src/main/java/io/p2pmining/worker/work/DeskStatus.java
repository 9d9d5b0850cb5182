package io.p2pmining.worker.work;

import io.p2pmining.core.miner.MinerState;
import io.p2pmining.core.pow.PowAlgorithm;
import org.jspecify.annotations.Nullable;

/**
 * What the worker is doing at one moment.
 *
 * @param miner what the miner does
 * @param unitsInHand how many units are searched or prefetched
 * @param outboxSize how many results wait for the master's acknowledgement
 * @param algorithm what was hashed last; null if nothing was
 * @param idleReason why nothing is hashed, one sentence; null while hashing
 * @param trouble what is wrong with this machine; null if nothing is
 */
public record DeskStatus(
    MinerState miner,
    int unitsInHand,
    int outboxSize,
    @Nullable PowAlgorithm algorithm,
    @Nullable String idleReason,
    @Nullable String trouble) {}
