package io.p2pmining.master.store;

import io.p2pmining.common.work.Bytes;
import io.p2pmining.master.job.JobView;

/**
 * A job as a group leaves it.
 *
 * @param keepsake what its source needs to go on with it; looked at for new jobs only
 * @param isNew whether the store does not know it yet
 */
public record JobChange(JobView view, Bytes keepsake, boolean isNew) {}
