package io.p2pmining.master.dispatch;

import io.p2pmining.common.work.Bytes;
import io.p2pmining.master.job.Job;
import io.p2pmining.master.share.FoundBlock;

/**
 * All it takes to submit a block in another process.
 *
 * @param keepsake what the job's source needs to go on with the job
 */
public record SpooledBlock(Job job, Bytes keepsake, FoundBlock block) {}
