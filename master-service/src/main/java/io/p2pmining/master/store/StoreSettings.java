package io.p2pmining.master.store;

import io.p2pmining.common.settings.Live;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How results are made durable, and how much of the past is kept. Totals stay exact whatever is
 * deleted; what is live is never deleted.
 *
 * @param commitInterval how long changes are collected before they are committed together
 * @param unitHistory how many ended units are kept
 * @param shareHistory how many shares are kept
 * @param jobHistory how many ended jobs are kept
 * @param peerHistory how many peers without a connection are kept
 * @param maxAge how old anything of that may get
 * @param blockHistory how many blocks are kept whose outcome is known, whatever their age
 * @param answerHistory how many answers to requests with an Idempotency-Key are kept
 * @param answerAge for how long such a request may be repeated
 */
@Validated
@ConfigurationProperties("p2pmine.master.store")
public record StoreSettings(
    @NotNull @DurationMin(millis = 0) @DurationMax(millis = 20) @DefaultValue("5ms")
        Duration commitInterval,
    @Live @Min(1000) @Max(100_000_000) @DefaultValue("1000000") int unitHistory,
    @Live @Min(1000) @Max(100_000_000) @DefaultValue("1000000") int shareHistory,
    @Live @Min(100) @Max(1_000_000) @DefaultValue("10000") int jobHistory,
    @Live @Min(100) @Max(1_000_000) @DefaultValue("20000") int peerHistory,
    @Live @NotNull @DurationMin(hours = 1) @DurationMax(days = 36_500) @DefaultValue("90d")
        Duration maxAge,
    @Live @Min(1000) @Max(10_000_000) @DefaultValue("100000") int blockHistory,
    @Live @Min(100) @Max(10_000_000) @DefaultValue("100000") int answerHistory,
    @Live @NotNull @DurationMin(minutes = 1) @DurationMax(days = 366) @DefaultValue("24h")
        Duration answerAge) {}
