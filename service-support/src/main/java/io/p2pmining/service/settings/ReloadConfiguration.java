package io.p2pmining.service.settings;

import io.p2pmining.common.settings.ReloadListener;
import io.p2pmining.common.settings.Reloadable;
import io.p2pmining.common.settings.SettingsReload;
import io.p2pmining.common.settings.SettingsWatch;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Puts the reloading of settings together; it begins when everything else is up. A service gives
 * its {@link SettingsFiles} and their {@link ReloadScope}.
 */
@Configuration(proxyBeanMethods = false)
public class ReloadConfiguration {

  private static final String OWN = "p2pmine";

  @Bean
  SettingsReload settingsReload(
      SettingsFiles files,
      ReloadScope scope,
      ObjectProvider<Reloadable<?>> reloadables,
      ListableBeanFactory beans,
      ObjectProvider<ReloadListener> listeners) {
    List<Reloadable<?>> live = reloadables.stream().toList();
    return new SettingsReload(
        files,
        Stream.concat(live.stream(), fixed(beans, live)).toList(),
        listeners.stream().toList(),
        files.namedAtStart(),
        scope.foreign());
  }

  @Bean
  SettingsWatch settingsWatch(SettingsFiles files, ReloadScope scope, SettingsReload reload) {
    return new SettingsWatch(files.files(scope.dataDirectory()), reload);
  }

  @Bean
  ApplicationListener<ApplicationReadyEvent> settingsWatchStarter(SettingsWatch watch) {
    return ready -> watch.start();
  }

  /** The records of which nothing can change, so that what is refused of them has its reason. */
  private static Stream<Reloadable<?>> fixed(ListableBeanFactory beans, List<Reloadable<?>> live) {
    Set<Class<?>> known =
        live.stream().map(one -> one.get().getClass()).collect(Collectors.toSet());
    Map<String, Object> settings = beans.getBeansWithAnnotation(ConfigurationProperties.class);
    return settings.values().stream()
        .filter(bean -> !known.contains(bean.getClass()))
        .filter(bean -> isOwn(ReloadableSettings.prefixOf(bean)))
        .filter(Record.class::isInstance)
        .map(bean -> ReloadableSettings.of((Record) bean));
  }

  private static boolean isOwn(String prefix) {
    return prefix.equals(OWN) || prefix.startsWith(OWN + ".");
  }
}
