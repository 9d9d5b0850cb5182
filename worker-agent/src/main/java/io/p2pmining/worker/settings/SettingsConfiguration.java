package io.p2pmining.worker.settings;

import io.p2pmining.common.settings.Reload;
import io.p2pmining.common.settings.ReloadListener;
import io.p2pmining.common.settings.Reloadable;
import io.p2pmining.common.settings.SettingsReload;
import io.p2pmining.common.settings.SettingsWatch;
import io.p2pmining.service.settings.SettingsFiles;
import io.p2pmining.worker.node.DataDirectory;
import io.p2pmining.worker.node.DataDirectorySettings;
import io.p2pmining.worker.node.WorkerSettings;
import io.p2pmining.worker.startup.InvalidSettingFailureAnalyzer;
import java.util.List;
import java.util.Set;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.core.env.ConfigurableEnvironment;

/** Puts the reloading of settings together; it begins when everything else is up. */
@Configuration(proxyBeanMethods = false)
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
  SettingsReload settingsReload(
      SettingsFiles files, Reloadable<WorkerSettings> settings, DataDirectorySettings directory) {
    return new SettingsReload(
        files,
        List.of(settings, new Reloadable<>("p2pmine", directory)),
        new LogOnly(),
        files.namedAtStart(),
        FOREIGN);
  }

  @Bean
  SettingsWatch settingsWatch(SettingsFiles files, DataDirectory directory, SettingsReload reload) {
    return new SettingsWatch(files.files(directory.path()), reload);
  }

  @Bean
  ApplicationListener<ApplicationReadyEvent> settingsWatchStarter(SettingsWatch watch) {
    return ready -> watch.start();
  }

  /** Nobody follows a worker's events; what is reloaded is logged in any case. */
  private static final class LogOnly implements ReloadListener {

    @Override
    public void reloaded(Reload reload) {}

    @Override
    public void invalid(String problem) {}
  }
}
