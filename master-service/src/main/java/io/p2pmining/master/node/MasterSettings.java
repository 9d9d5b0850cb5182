package io.p2pmining.master.node;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Who this master is.
 *
 * @param name what it calls itself towards workers
 */
@Validated
@ConfigurationProperties("p2pmine.master")
public record MasterSettings(@DefaultValue("master") @NotBlank @Size(max = 64) String name) {}
