package io.p2pmining.common.settings;

import io.p2pmining.common.settings.Reloadable.Prepared;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One settings record between what is in force and what is given: what of it changes, and what has
 * to wait for a restart.
 *
 * @param settings what is in force
 * @param next what is to be: as given where that may change, else as it was
 * @param changed how the two differ
 * @param refused how the given settings differ from what is to be
 */
record Revision<T extends Record>(
    Reloadable<T> settings, T next, List<SettingChange> changed, List<RefusedSetting> refused) {

  private static final String READ_AT_START = "it is read when the service starts";

  Revision {
    changed = List.copyOf(changed);
    refused = List.copyOf(refused);
  }

  /**
   * Compares.
   *
   * @throws InvalidSettingsException if what may change makes no sense with what stays
   */
  static <T extends Record> Revision<T> of(Reloadable<T> settings, T given)
      throws InvalidSettingsException {
    T running = settings.get();
    Map<String, String> kept = settings.kept(given);
    List<SettingChange> changed = new ArrayList<>();
    List<RefusedSetting> refused = new ArrayList<>();
    RecordComponent[] components = settings.type().getRecordComponents();
    @Nullable Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      RecordComponent component = components[i];
      Object before = value(component, running);
      Object after = value(component, given);
      values[i] = before;
      if (Objects.equals(before, after)) {
        continue;
      }
      String name = name(settings, component);
      String keptBecause = kept.get(component.getName());
      if (!component.isAnnotationPresent(Live.class)) {
        refused.add(new RefusedSetting(name, "it needs a restart: " + reason(settings, component)));
      } else if (keptBecause != null) {
        refused.add(new RefusedSetting(name, keptBecause));
      } else {
        values[i] = after;
        changed.add(change(name, component, before, after));
      }
    }
    return new Revision<>(
        settings, changed.isEmpty() ? running : made(settings, values), changed, refused);
  }

  /** The names of all settings of a record. */
  static Set<String> names(Reloadable<?> settings) {
    return Stream.of(settings.type().getRecordComponents())
        .map(component -> name(settings, component))
        .collect(Collectors.toSet());
  }

  /** Adds what is to be done; nothing where nothing changes. */
  void prepare(List<Prepared> into) throws InvalidSettingsException {
    if (!changed.isEmpty()) {
      settings.prepare(next, into);
    }
  }

  private static SettingChange change(
      String name, RecordComponent component, @Nullable Object before, @Nullable Object after) {
    return component.isAnnotationPresent(Secret.class)
        ? new SettingChange(name, SettingText.HIDDEN, SettingText.HIDDEN)
        : new SettingChange(name, SettingText.of(before), SettingText.of(after));
  }

  private static String reason(Reloadable<?> settings, RecordComponent component) {
    NeedsRestart own = component.getAnnotation(NeedsRestart.class);
    NeedsRestart common = settings.type().getAnnotation(NeedsRestart.class);
    return own != null ? own.value() : common != null ? common.value() : READ_AT_START;
  }

  private static String name(Reloadable<?> settings, RecordComponent component) {
    String dashed = component.getName().replaceAll("(?<=.)([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    return settings.prefix() + "." + dashed;
  }

  private static @Nullable Object value(RecordComponent component, Record from) {
    try {
      var accessor = component.getAccessor();
      accessor.setAccessible(true);
      return accessor.invoke(from);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("component=" + component, e);
    }
  }

  private static <T extends Record> T made(Reloadable<T> settings, @Nullable Object[] values)
      throws InvalidSettingsException {
    try {
      Class<?>[] types =
          Stream.of(settings.type().getRecordComponents())
              .map(RecordComponent::getType)
              .toArray(Class<?>[]::new);
      Constructor<T> constructor = settings.type().getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      throw new InvalidSettingsException(
          "%s is not valid together with what needs a restart: %s"
              .formatted(settings.prefix(), e.getTargetException().getMessage()),
          e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("settings=" + settings.type(), e);
    }
  }
}
