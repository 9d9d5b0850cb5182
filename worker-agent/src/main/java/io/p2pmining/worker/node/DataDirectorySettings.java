package io.p2pmining.worker.node;

import io.p2pmining.common.settings.NeedsRestart;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where this worker keeps its files.
 *
 * @param dataDir the directory; {@code ~/.p2pmine} by default
 */
@ConfigurationProperties("p2pmine")
public record DataDirectorySettings(@NeedsRestart("its files are in use") Path dataDir) {}
