package io.p2pmining.common.settings;

/**
 * A setting that keeps its value although another one is given.
 *
 * @param name in full, as in a settings file
 * @param reason why, a sentence without a full stop
 */
public record RefusedSetting(String name, String reason) {}
