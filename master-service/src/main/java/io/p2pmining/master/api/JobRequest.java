package io.p2pmining.master.api;

import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** The fields of a finite job, for the description of the API; {@link JobOrder} reads them. */
@Schema(
    description =
        "A finite job. difficulty d means, for every algorithm: the proof as a little-endian"
            + " 256-bit number times d is at most 2^256-1; target is that number's limit, 32"
            + " bytes, least significant first. One of both is needed.")
record JobRequest(
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            description = "A name that workers know, for example rx/0 or sha256d")
        String algorithm,
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            description = "The bytes to hash, in hex, with room for the nonce; at most 4096 bytes")
        String blob,
    @Schema(description = "The key, in hex; for algorithms that have one, and only for those")
        @Nullable String seedHash,
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            description = "Where the 32-bit little-endian nonce stands in the blob")
        int nonceOffset,
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED, description = "The first nonce")
        long nonceStart,
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            description = "How many nonces, up to 2^32 together with nonceStart")
        long nonceCount,
    @Schema(description = "What is looked for, 32 bytes in hex") @Nullable String target,
    @Schema(description = "What is looked for; also as a string of digits")
        @Nullable BigInteger difficulty,
    @Schema(
            description =
                "What counts as a share, at most the difficulty; without it a share is what is"
                    + " looked for")
        @Nullable BigInteger shareDifficulty,
    @Schema(description = "Ends the job after so many shares; without it the range is searched")
        @Nullable Long stopAfterShares,
    @Schema(
            description =
                "The weight beside other jobs, 1 to 100; 10 if there is none, as for live jobs")
        @Nullable Integer priority) {}
