package io.p2pmining.master.work;

import io.p2pmining.common.settings.Live;
import io.p2pmining.common.settings.NeedsRestart;
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
 * How work is cut and leased.
 *
 * @param unitDuration how long a worker should search one unit
 * @param maxDepth how many units a worker may have in hand: two, and more where they are short
 * @param prefetch how much work a worker has in hand where that takes more than two units
 * @param leaseMinimum the shortest lease, and what is added to every expected duration
 * @param leaseFactor how many times its expected duration a unit may take
 * @param maxAttempts how often a unit is assigned before it is given up
 * @param reconnectGrace how long a worker that lost its connection keeps its units
 * @param staleGrace how long shares of an obsolete job are still credited
 * @param postedJobs how many posted jobs may be active; more are refused until one has ended
 * @param postedUnits how many units may wait for a worker when a client adds another
 * @param jobHistory how many jobs are kept in mind; older ones are in the store only
 */
@Validated
@ConfigurationProperties("p2pmine.master.work")
public record WorkSettings(
    @Live @NotNull @DurationMin(millis = 100) @DurationMax(hours = 1) @DefaultValue("20s")
        Duration unitDuration,
    @NeedsRestart("workers are told it when they connect") @Min(1) @Max(16) @DefaultValue("8")
        int maxDepth,
    @Live @NotNull @DurationMin @DurationMax(minutes = 1) @DefaultValue("1s") Duration prefetch,
    @Live @NotNull @DurationMin(millis = 100) @DurationMax(hours = 1) @DefaultValue("30s")
        Duration leaseMinimum,
    @Live @Min(1) @Max(100) @DefaultValue("3") int leaseFactor,
    @Live @Min(1) @Max(1000) @DefaultValue("5") int maxAttempts,
    @Live @NotNull @DurationMin @DurationMax(hours = 1) @DefaultValue("10s")
        Duration reconnectGrace,
    @Live @NotNull @DurationMin @DurationMax(hours = 1) @DefaultValue("10s") Duration staleGrace,
    @Live @Min(1) @Max(1000) @DefaultValue("100") int postedJobs,
    @Live @Min(1) @Max(1_000_000) @DefaultValue("10000") int postedUnits,
    @Live @Min(10) @Max(10_000) @DefaultValue("200") int jobHistory) {}
