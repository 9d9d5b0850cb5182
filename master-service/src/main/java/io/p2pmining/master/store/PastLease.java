package io.p2pmining.master.store;

import io.p2pmining.common.work.NonceRange;
import io.p2pmining.core.pow.Target;
import io.p2pmining.master.work.LeaseEnding;
import io.p2pmining.master.work.PeerId;
import io.p2pmining.master.work.UnitRef;
import java.time.Instant;

/**
 * A lease that ended while its unit went on, or failed.
 *
 * @param range the nonces that were leased
 * @param searched how many of the first of them were searched
 * @param resultId the worker's id of the result that ended it; 0 if none did
 */
public record PastLease(
    UnitRef ref,
    String jobId,
    PeerId peer,
    NonceRange range,
    long searched,
    Target shareTarget,
    LeaseEnding ending,
    long resultId,
    Instant endedAt) {}
