package io.p2pmining.master.metrics;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What is told to Prometheus.
 *
 * @param peers how many peers have series of their own in the metrics; the rest are summed under
 *     the name {@code others}
 */
@Validated
@ConfigurationProperties("p2pmine.master.metrics")
record MetricsSettings(@DefaultValue("200") @Min(0) @Max(10_000) int peers) {}
