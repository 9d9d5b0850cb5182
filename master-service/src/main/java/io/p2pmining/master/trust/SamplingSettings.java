package io.p2pmining.master.trust;

import io.p2pmining.common.settings.Live;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Which shares are recomputed.
 *
 * @param mode {@code full}: all of them; {@code sampled}: those of peers that have proven honest
 *     only now and then
 * @param floor the smallest part of a peer's shares that is recomputed when they are sampled
 * @param halving after how many right shares half of them are recomputed; after three times as many
 *     a quarter, and so on down to the floor
 */
@Validated
@ConfigurationProperties("p2pmine.master.verification")
public record SamplingSettings(
    @Live @DefaultValue("full") Mode mode,
    @Live @DefaultValue("0.1") @DecimalMin("0.01") @DecimalMax("1") double floor,
    @Live @DefaultValue("100") @Min(1) @Max(1_000_000) int halving) {

  /** Whether shares are sampled. */
  public enum Mode {
    /** Every share is recomputed. */
    FULL,
    /** Trusted peers' shares are recomputed now and then. */
    SAMPLED
  }
}
