package io.p2pmining.master.settings;

import io.p2pmining.common.settings.Reload;
import io.p2pmining.common.settings.ReloadListener;
import io.p2pmining.common.settings.Reloadable;
import io.p2pmining.common.settings.SettingsReload;
import io.p2pmining.common.settings.SettingsWatch;
import io.p2pmining.master.node.DataDirectory;
import io.p2pmining.master.startup.InvalidSettingFailureAnalyzer;
import io.p2pmining.service.settings.SettingsFiles;
import jakarta.validation.Validator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.validation.ValidationBindHandler;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.validation.beanvalidation.SpringValidatorAdapter;

/** Puts the reloading of settings together; it begins when everything else is up. */
@Configuration(proxyBeanMethods = false)
class SettingsConfiguration {

  private static final String OWN = "p2pmine";

  /** What workers and the command read from the same file. */
  private static final Set<String> FOREIGN = Set.of("p2pmine.worker.", "p2pmine.up.");

  @Bean
  SettingsFiles settingsFiles(ConfigurableEnvironment environment, Validator validator) {
    return files(environment, validator);
  }

  static SettingsFiles files(ConfigurableEnvironment environment, Validator validator) {
    var adapted = new SpringValidatorAdapter(validator);
    return new SettingsFiles(
        environment,
        type -> new ValidationBindHandler(adapted),
        new InvalidSettingFailureAnalyzer());
  }

  @Bean
  SettingsReload settingsReload(
      SettingsFiles files,
      ObjectProvider<Reloadable<?>> reloadables,
      ListableBeanFactory beans,
      ObjectProvider<ReloadListener> listeners) {
    List<Reloadable<?>> live = reloadables.stream().toList();
    return new SettingsReload(
        files,
        Stream.concat(live.stream(), fixed(beans, live)).toList(),
        all(listeners.stream().toList()),
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

  /** The records of which nothing can change, so that what is refused of them has its reason. */
  private static Stream<Reloadable<?>> fixed(ListableBeanFactory beans, List<Reloadable<?>> live) {
    Set<Class<?>> known =
        live.stream().map(one -> one.get().getClass()).collect(Collectors.toSet());
    Map<String, Object> settings = beans.getBeansWithAnnotation(ConfigurationProperties.class);
    return settings.values().stream()
        .filter(bean -> !known.contains(bean.getClass()))
        .filter(bean -> prefix(bean).equals(OWN) || prefix(bean).startsWith(OWN + "."))
        .filter(Record.class::isInstance)
        .map(bean -> new Reloadable<>(prefix(bean), (Record) bean));
  }

  private static String prefix(Object settings) {
    ConfigurationProperties properties =
        AnnotationUtils.findAnnotation(settings.getClass(), ConfigurationProperties.class);
    return properties == null ? "" : properties.prefix();
  }

  private static ReloadListener all(List<ReloadListener> listeners) {
    return new ReloadListener() {
      @Override
      public void reloaded(Reload reload) {
        listeners.forEach(listener -> listener.reloaded(reload));
      }

      @Override
      public void invalid(String problem) {
        listeners.forEach(listener -> listener.invalid(problem));
      }
    };
  }
}
