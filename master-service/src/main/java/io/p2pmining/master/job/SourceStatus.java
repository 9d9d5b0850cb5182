package io.p2pmining.master.job;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a source is doing.
 *
 * @param up whether jobs can be had from it now
 * @param detail one sentence for an operator, with the remedy if it is down
 * @param endpoint which node it talks to, without credentials; empty if it talks to none
 * @param height the height it works on; 0 if unknown
 * @param lastJobAt when it last delivered a job; null if never
 */
public record SourceStatus(
    boolean up, String detail, String endpoint, long height, @Nullable Instant lastJobAt) {}
