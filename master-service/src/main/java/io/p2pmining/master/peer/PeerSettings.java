package io.p2pmining.master.peer;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What is kept of peers.
 *
 * @param remembered how many peers without a connection are remembered
 * @param outOfService how many peers may be drained or quarantined; past it, the oldest of them is
 *     in service again
 */
@Validated
@ConfigurationProperties("p2pmine.master.peers")
public record PeerSettings(
    @DefaultValue("500") @Min(0) @Max(100_000) int remembered,
    @DefaultValue("10000") @Min(1) @Max(100_000) int outOfService) {}
