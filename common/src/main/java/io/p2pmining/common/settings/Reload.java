package io.p2pmining.common.settings;

import java.util.List;

/**
 * What came of reading the settings again.
 *
 * @param changed what has another value now, by name
 * @param refused what would have another value after a restart, by name
 */
public record Reload(List<SettingChange> changed, List<RefusedSetting> refused) {

  public Reload {
    changed = List.copyOf(changed);
    refused = List.copyOf(refused);
  }

  /** Whether everything is as it was, and as it is given. */
  public boolean bringsNothing() {
    return changed.isEmpty() && refused.isEmpty();
  }
}
