package io.p2pmining.service.settings;

import io.p2pmining.common.settings.Reloadable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.core.annotation.AnnotationUtils;

/** Records of settings as what they are annotated with says. */
public final class ReloadableSettings {

  private ReloadableSettings() {}

  /** The settings that a record was bound to at the start. */
  public static <T extends Record> Reloadable<T> of(T settings) {
    return new Reloadable<>(prefixOf(settings), settings);
  }

  /** What the names of its settings begin with, without the dot; empty if nothing says so. */
  static String prefixOf(Object settings) {
    ConfigurationProperties properties =
        AnnotationUtils.findAnnotation(settings.getClass(), ConfigurationProperties.class);
    return properties == null ? "" : properties.prefix();
  }
}
