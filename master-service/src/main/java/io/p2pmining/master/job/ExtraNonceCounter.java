package io.p2pmining.master.job;

import java.util.function.LongSupplier;

/**
 * Gives numbers for extra nonces: never one that it gave before, not in another process and not to
 * another master of the same database. Safe for use by any thread; does not wait.
 */
public interface ExtraNonceCounter extends LongSupplier {}
