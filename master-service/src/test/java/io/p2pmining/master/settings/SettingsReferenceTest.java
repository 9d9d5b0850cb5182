package io.p2pmining.master.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.service.reference.SettingsReference;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SettingsReferenceTest extends SettingsReference {

  SettingsReferenceTest() {
    super(Pattern.compile("(p2pmine\\.(master\\..+|data-dir|log\\..+)|spring\\.datasource\\..+)"));
  }

  /** What the annotations of a record say; the rest is checked by code. */
  @Test
  void saysWhichValuesThereMayBe() {
    assertThat(otherValuesThan(AllowedValues::of)).isEmpty();
  }
}
