package io.p2pmining.master.store;

import io.p2pmining.master.share.Share;
import io.p2pmining.master.work.UnitRef;

/**
 * An accepted share, and how it came in.
 *
 * @param ref the lease under which it was found
 * @param resultId the worker's id of the result
 */
public record CreditedShare(Share share, UnitRef ref, long resultId) {}
