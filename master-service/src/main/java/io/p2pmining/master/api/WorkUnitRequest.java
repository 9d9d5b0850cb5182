package io.p2pmining.master.api;

import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** The fields of an explicit range, for the description of the API. */
@Schema(
    description =
        "One explicit range: of a posted job, named by jobId, none of whose nonces it has already;"
            + " or, with the fields of a job instead of jobId, a job of its own.")
record WorkUnitRequest(
    @Schema(description = "The posted job that the range is added to") @Nullable String jobId,
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED, description = "The first nonce")
        long nonceStart,
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            description = "How many nonces, up to 2^32 together with nonceStart")
        long nonceCount,
    @Nullable String algorithm,
    @Nullable String blob,
    @Nullable String seedHash,
    @Nullable Integer nonceOffset,
    @Nullable String target,
    @Nullable BigInteger difficulty,
    @Nullable BigInteger shareDifficulty,
    @Nullable Long stopAfterShares,
    @Nullable Integer priority) {}
