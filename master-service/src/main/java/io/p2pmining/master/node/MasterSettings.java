package io.p2pmining.master.node;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Who this master is and what it does without a node.
 *
 * @param name what it calls itself towards workers
 * @param benchmark whether the built-in benchmark runs while no node is configured
 */
@Validated
@ConfigurationProperties("p2pmine.master")
public record MasterSettings(
    @DefaultValue("master") @NotBlank @Size(max = 64) String name,
    @DefaultValue("auto") BenchmarkPolicy benchmark) {

  /** When the built-in benchmark runs. */
  public enum BenchmarkPolicy {
    /** While no node is configured. */
    AUTO,
    /** Never. */
    OFF
  }
}
