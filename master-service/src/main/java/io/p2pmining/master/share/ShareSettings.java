package io.p2pmining.master.share;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How often workers report shares.
 *
 * @param interval the average time between two shares of a worker
 * @param verificationLoad the largest part of the verification rate that all workers together may
 *     use
 */
@Validated
@ConfigurationProperties("p2pmine.master.share")
public record ShareSettings(
    @NotNull @DurationMin(millis = 100) @DurationMax(hours = 1) @DefaultValue("30s")
        Duration interval,
    @DecimalMin("0.01") @DecimalMax("0.9") @DefaultValue("0.5") double verificationLoad) {}
