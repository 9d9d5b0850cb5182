package io.p2pmining.master.trust;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How surely a peer must be found to search less than it says.
 *
 * @param peerYears in how many years of work one honest peer is flagged by chance, at most
 */
@Validated
@ConfigurationProperties("p2pmine.master.audit")
public record AuditSettings(@DefaultValue("100") @Min(1) @Max(1_000_000) int peerYears) {}
