package io.p2pmining.worker.settings;

import io.p2pmining.service.reference.SettingsReference;
import java.util.regex.Pattern;

class SettingsReferenceTest extends SettingsReference {

  SettingsReferenceTest() {
    super(Pattern.compile("p2pmine\\.(worker\\..+|data-dir|log\\..+)"));
  }
}
