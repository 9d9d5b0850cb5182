package io.p2pmining.master.trust;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How far peers are believed that they have searched what they say.
 *
 * @param redoShare the part of the units of finite jobs that another peer searches again, and whose
 *     shares are compared; 0 for none
 */
@Validated
@ConfigurationProperties("p2pmine.master.trust")
public record TrustSettings(
    @DefaultValue("0.01") @DecimalMin("0") @DecimalMax("1") double redoShare) {}
