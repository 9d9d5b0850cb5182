package io.p2pmining.master.event;

import io.p2pmining.common.settings.NeedsRestart;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How events can be followed.
 *
 * @param history how many events are kept; a client that falls behind by more is dropped, and one
 *     that comes back gets no more of what it missed
 * @param clients how many may follow at once; more are told to come back later
 * @param heartbeat how often a client hears something when nothing happens
 */
@NeedsRestart("the room for events and for those who follow them is taken at the start")
@Validated
@ConfigurationProperties("p2pmine.master.events")
public record EventSettings(
    @DefaultValue("10000") @Min(100) @Max(1_000_000) int history,
    @DefaultValue("100") @Min(1) @Max(10_000) int clients,
    @DefaultValue("15s") @DurationMin(millis = 100) @DurationMax(minutes = 10)
        Duration heartbeat) {}
