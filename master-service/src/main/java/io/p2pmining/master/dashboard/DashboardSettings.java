package io.p2pmining.master.dashboard;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the dashboard behaves.
 *
 * @param explorerUrl where a block explorer shows a block, as the address to which its height is
 *     appended; empty for no links. Only browsers whose user follows a link go there.
 * @param viewers how many pages may be told at once of what changes; others refresh by themselves,
 *     less often
 */
@Validated
@ConfigurationProperties("p2pmine.master.dashboard")
record DashboardSettings(
    @DefaultValue("")
        @NotNull
        @Pattern(
            regexp = "|https?://[^\\s\"'<>]+",
            message =
                "must be an address that begins with http:// or https://, for example"
                    + " https://explorer.example/block/")
        String explorerUrl,
    @DefaultValue("50") @Min(1) @Max(10_000) int viewers) {}
