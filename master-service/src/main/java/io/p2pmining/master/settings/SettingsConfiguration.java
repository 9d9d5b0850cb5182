package io.p2pmining.master.settings;

import io.p2pmining.master.node.DataDirectory;
import io.p2pmining.master.startup.InvalidSettingFailureAnalyzer;
import io.p2pmining.service.settings.ReloadConfiguration;
import io.p2pmining.service.settings.ReloadScope;
import io.p2pmining.service.settings.SettingsFiles;
import jakarta.validation.Validator;
import java.util.Set;
import org.springframework.boot.context.properties.bind.validation.ValidationBindHandler;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.validation.beanvalidation.SpringValidatorAdapter;

/** Which settings a master reads again. */
@Configuration(proxyBeanMethods = false)
@Import(ReloadConfiguration.class)
class SettingsConfiguration {

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
  ReloadScope reloadScope(DataDirectory directory) {
    return new ReloadScope(directory.path(), FOREIGN);
  }
}
