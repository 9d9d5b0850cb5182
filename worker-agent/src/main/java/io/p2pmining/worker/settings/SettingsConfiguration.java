package io.p2pmining.worker.settings;

import io.p2pmining.service.settings.ReloadConfiguration;
import io.p2pmining.service.settings.ReloadScope;
import io.p2pmining.service.settings.SettingsFiles;
import io.p2pmining.worker.node.DataDirectory;
import io.p2pmining.worker.startup.InvalidSettingFailureAnalyzer;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.core.env.ConfigurableEnvironment;

/** Which settings a worker reads again. */
@Configuration(proxyBeanMethods = false)
@Import(ReloadConfiguration.class)
class SettingsConfiguration {

  /** What the master and the command read from the same file. */
  private static final Set<String> FOREIGN =
      Set.of("p2pmine.master.", "p2pmine.up.", "server.", "spring.datasource.");

  @Bean
  SettingsFiles settingsFiles(ConfigurableEnvironment environment) {
    return new SettingsFiles(
        environment, SettingsConfiguration::handlerFor, new InvalidSettingFailureAnalyzer());
  }

  /** As a start does it: whether a name that there is not matters, the record says. */
  private static BindHandler handlerFor(Class<?> type) {
    ConfigurationProperties properties =
        AnnotationUtils.findAnnotation(type, ConfigurationProperties.class);
    return properties == null || properties.ignoreUnknownFields()
        ? BindHandler.DEFAULT
        : new NoUnboundElementsBindHandler(BindHandler.DEFAULT, new UnboundElementsSourceFilter());
  }

  @Bean
  ReloadScope reloadScope(DataDirectory directory) {
    return new ReloadScope(directory.path(), FOREIGN);
  }
}
