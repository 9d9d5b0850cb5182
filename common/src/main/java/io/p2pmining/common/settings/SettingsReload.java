package io.p2pmining.common.settings;

import io.p2pmining.common.settings.Reloadable.Prepared;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the settings again and puts those in force that may change while the service runs: all of
 * them or, if anything that was read makes no sense, none. Safe for use by any thread; one reload
 * at a time.
 */
public final class SettingsReload {

  private static final Logger log = LoggerFactory.getLogger(SettingsReload.class);

  private final GivenSettings.Source source;
  private final List<Reloadable<?>> settings;
  private final List<ReloadListener> listeners;
  private final Map<String, String> atStart;
  private final Set<String> foreign;

  /**
   * Reloading of these settings.
   *
   * @param settings every settings record of the service, those included of which nothing may
   *     change; no two of them with a setting of the same name
   * @param atStart what the settings files named when the service started, as {@link
   *     GivenSettings#named} tells it
   * @param foreign prefixes of settings that other services read from the same files
   */
  public SettingsReload(
      GivenSettings.Source source,
      List<Reloadable<?>> settings,
      List<ReloadListener> listeners,
      Map<String, String> atStart,
      Set<String> foreign) {
    this.source = source;
    this.settings = List.copyOf(settings);
    this.listeners = List.copyOf(listeners);
    this.atStart = Map.copyOf(atStart);
    this.foreign = Set.copyOf(foreign);
  }

  /**
   * Reads and compares; blocks on files. What changed and what did not is logged and told to the
   * listeners.
   *
   * @throws InvalidSettingsException if anything makes no sense; nothing has changed then
   */
  public synchronized Reload reload() throws InvalidSettingsException {
    Reload revised;
    try {
      revised = revise(source.read());
    } catch (InvalidSettingsException e) {
      log.warn("Settings stay as they are: {}", e.problem());
      listeners.forEach(listener -> listener.invalid(e.problem()));
      throw e;
    }
    revised
        .changed()
        .forEach(
            change ->
                log.info(
                    "{} is {} now, no longer {}", change.name(), change.after(), change.before()));
    revised
        .refused()
        .forEach(refused -> log.warn("{} stays as it is: {}", refused.name(), refused.reason()));
    if (!revised.bringsNothing()) {
      listeners.forEach(listener -> listener.reloaded(revised));
    }
    return revised;
  }

  private Reload revise(GivenSettings given) throws InvalidSettingsException {
    Map<String, String> named = given.named();
    List<SettingChange> changed = new ArrayList<>();
    List<RefusedSetting> refused = new ArrayList<>();
    List<Revision<?>> revisions = new ArrayList<>();
    Set<String> known = new HashSet<>();
    for (Reloadable<?> one : settings) {
      Revision.names(one).forEach(name -> known.add(plain(name)));
      String condition = one.condition();
      if (condition != null && !given.isGiven(condition)) {
        refused.add(new RefusedSetting(condition, "it needs a restart to do without it"));
      } else {
        revisions.add(revision(one, given));
      }
    }
    revisions.forEach(
        revision -> {
          changed.addAll(revision.changed());
          refused.addAll(revision.refused());
        });
    refused.addAll(others(named, known));
    carryOut(revisions);
    changed.sort(Comparator.comparing(SettingChange::name));
    refused.sort(Comparator.comparing(RefusedSetting::name));
    return new Reload(changed, refused);
  }

  private static <T extends Record> Revision<T> revision(
      Reloadable<T> settings, GivenSettings given) throws InvalidSettingsException {
    return Revision.of(settings, given.bind(settings.prefix(), settings.type()));
  }

  /** An element of a list, or a part of a nested record, belongs to the setting before it. */
  private static String settingOf(String name) {
    int bracket = name.indexOf('[');
    return bracket < 0 ? name : name.substring(0, bracket);
  }

  /** What no record of this service knows, such as settings of the frameworks. */
  private List<RefusedSetting> others(Map<String, String> named, Set<String> known) {
    Set<String> names = new TreeSet<>(atStart.keySet());
    names.addAll(named.keySet());
    return names.stream()
        .filter(name -> !Objects.equals(atStart.get(name), named.get(name)))
        .map(SettingsReload::settingOf)
        .distinct()
        .filter(name -> !isKnown(name, known) && foreign.stream().noneMatch(name::startsWith))
        .map(name -> new RefusedSetting(name, "it is no setting that can change without a restart"))
        .toList();
  }

  /** Words of a name may be separated in several ways, or not at all. */
  private static String plain(String name) {
    return name.replace("-", "").toLowerCase(Locale.ROOT);
  }

  private static boolean isKnown(String name, Set<String> known) {
    String plain = plain(name);
    for (int end = plain.length(); end > 0; end = plain.lastIndexOf('.', end - 1)) {
      if (known.contains(plain.substring(0, end))) {
        return true;
      }
    }
    return false;
  }

  /** Everything that can fail comes before anything that changes something. */
  private static void carryOut(List<Revision<?>> revisions) throws InvalidSettingsException {
    List<Prepared> prepared = new ArrayList<>();
    try {
      for (Revision<?> revision : revisions) {
        revision.prepare(prepared);
      }
    } catch (InvalidSettingsException e) {
      prepared.forEach(Prepared::discard);
      throw e;
    }
    prepared.forEach(Prepared::apply);
  }
}
