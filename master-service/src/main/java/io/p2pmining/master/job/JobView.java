package io.p2pmining.master.job;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A job and how far it is. An immutable snapshot.
 *
 * @param current whether new units are cut from it
 * @param noncesCut how many nonces of its range have been cut into units
 * @param progress how much of it is done
 * @param endedAt when it stopped being active; null if it is
 */
public record JobView(
    Job job,
    JobState state,
    boolean current,
    long noncesCut,
    JobProgress progress,
    @Nullable Instant endedAt) {}
