package io.p2pmining.common.settings;

/**
 * A setting that has another value now. Tells no secrets.
 *
 * @param name in full, as in a settings file
 * @param before its value until now, as one would write it
 * @param after its value from now on
 */
public record SettingChange(String name, String before, String after) {}
