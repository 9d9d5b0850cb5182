package io.p2pmining.common.settings;

import java.util.Map;

/** All settings as they are given at one time, wherever that is. */
public interface GivenSettings {

  /**
   * The settings below a prefix as a record, validated.
   *
   * @throws InvalidSettingsException if they make no sense
   */
  <T extends Record> T bind(String prefix, Class<T> type) throws InvalidSettingsException;

  /** Whether a setting has a value, or a list elements, that anybody gave. */
  boolean isGiven(String name);

  /**
   * The values that count of everything that settings files name, by name in lower case and with
   * dashes; elements of lists as {@code name[0]}.
   */
  Map<String, String> named();

  /** Reads settings. */
  interface Source {

    /**
     * Settings as they are given now. Blocks on files.
     *
     * @throws InvalidSettingsException if a file cannot be read
     */
    GivenSettings read() throws InvalidSettingsException;
  }
}
