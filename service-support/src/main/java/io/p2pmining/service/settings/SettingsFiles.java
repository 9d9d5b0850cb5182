package io.p2pmining.service.settings;

import io.p2pmining.common.settings.GivenSettings;
import io.p2pmining.common.settings.InvalidSettingsException;
import io.p2pmining.service.startup.StartupException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * Settings as a start would find them now: what is on the command line and in the environment is as
 * it was, files are read anew by the same rules. Safe for use by any thread.
 */
public final class SettingsFiles implements GivenSettings.Source {

  /** The settings file of a data directory. */
  public static final String FILE = "p2pmine.yml";

  /** How Spring Boot calls what it has read from files. */
  private static final String FROM_FILE = "Config resource '";

  private static final String INSIDE_THE_PROGRAM = "Config resource 'class path resource";
  private static final String MORE_FILES = "spring.config.additional-location";
  private static final String FILE_PREFIX = "file:";
  private static final String UNRESOLVED = "unresolved: ";

  private final ConfigurableEnvironment atStart;
  private final Function<Class<?>, BindHandler> handlers;
  private final FailureAnalyzer invalid;

  /**
   * Reads by the rules of a start.
   *
   * @param handlers how a start binds a record of settings
   * @param invalid says what is wrong with settings as a start does
   */
  public SettingsFiles(
      ConfigurableEnvironment atStart,
      Function<Class<?>, BindHandler> handlers,
      FailureAnalyzer invalid) {
    this.atStart = atStart;
    this.handlers = handlers;
    this.invalid = invalid;
  }

  /** The files that a start reads beside the program's own, whether they are there or not. */
  public List<Path> files(Path dataDirectory) {
    List<Path> files = new ArrayList<>(List.of(dataDirectory.resolve(FILE)));
    Stream.of(atStart.getProperty(MORE_FILES, "").split("[,;]"))
        .map(location -> location.strip().replaceFirst("^optional:", ""))
        .filter(location -> location.startsWith(FILE_PREFIX) && !location.endsWith("/"))
        .map(location -> Path.of(location.substring(FILE_PREFIX.length())))
        .forEach(files::add);
    return List.copyOf(files);
  }

  /** What settings files named when the service started. */
  public Map<String, String> namedAtStart() {
    return new Given(atStart).named();
  }

  @Override
  public GivenSettings read() throws InvalidSettingsException {
    ConfigurableEnvironment now = new StandardEnvironment();
    MutablePropertySources sources = now.getPropertySources();
    sources.stream().map(PropertySource::getName).toList().forEach(sources::remove);
    atStart.getPropertySources().stream()
        .filter(source -> !source.getName().startsWith(FROM_FILE))
        .filter(
            source -> !ConfigurationPropertySources.isAttachedConfigurationPropertySource(source))
        .forEach(sources::addLast);
    now.setActiveProfiles(atStart.getActiveProfiles());
    try {
      ConfigDataEnvironmentPostProcessor.applyTo(now);
      ConfigurationPropertySources.attach(now);
    } catch (RuntimeException e) {
      throw problem(e, "the settings files cannot be read");
    }
    return new Given(now);
  }

  private InvalidSettingsException problem(RuntimeException failure, String otherwise) {
    String reason = String.valueOf(NestedExceptionUtils.getMostSpecificCause(failure).getMessage());
    return new InvalidSettingsException(
        sentence(failure).orElseGet(() -> otherwise + ": " + reason.replaceAll("\\s+", " ")),
        failure);
  }

  /** In the words in which a start would fail, without a full stop and a remedy. */
  private Optional<String> sentence(RuntimeException failure) {
    return failure instanceof StartupException
        ? Optional.of(String.valueOf(failure.getMessage()))
        : Optional.ofNullable(invalid.analyze(failure)).map(FailureAnalysis::getDescription);
  }

  /** What one environment says. */
  private final class Given implements GivenSettings {

    private final ConfigurableEnvironment environment;

    Given(ConfigurableEnvironment environment) {
      this.environment = environment;
    }

    @Override
    public <T extends Record> T bind(String prefix, Class<T> type) throws InvalidSettingsException {
      try {
        return Binder.get(environment)
            .bindOrCreate(prefix, Bindable.of(type), handlers.apply(type));
      } catch (RuntimeException e) {
        throw problem(e, prefix + " is not valid");
      }
    }

    @Override
    public boolean isGiven(String name) {
      ConfigurationPropertyName property = ConfigurationPropertyName.of(name);
      for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
        if (source.getConfigurationProperty(property) != null
            || source.containsDescendantOf(property) == ConfigurationPropertyState.PRESENT) {
          return true;
        }
      }
      return false;
    }

    @Override
    public Map<String, String> named() {
      Map<String, String> named = new TreeMap<>();
      for (PropertySource<?> source : environment.getPropertySources()) {
        String name = source.getName();
        if (name.startsWith(FROM_FILE)
            && !name.startsWith(INSIDE_THE_PROGRAM)
            && ConfigurationPropertySource.from(source)
                instanceof IterableConfigurationPropertySource settings) {
          settings.forEach(setting -> named.put(setting.toString(), value(setting)));
        }
      }
      return named;
    }

    /** One that refers to another that is not there is as it stands. */
    private String value(ConfigurationPropertyName setting) {
      try {
        return environment.getProperty(setting.toString(), "");
      } catch (IllegalArgumentException e) {
        return UNRESOLVED + e.getMessage();
      }
    }
  }
}
