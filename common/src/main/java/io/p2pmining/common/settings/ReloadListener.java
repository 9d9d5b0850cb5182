package io.p2pmining.common.settings;

/** Hears what came of reading settings again; on the thread that did, one call after the other. */
public interface ReloadListener {

  /** Settings changed, or were refused. */
  void reloaded(Reload reload);

  /** Nothing changed, for what was read makes no sense. */
  void invalid(String problem);
}
