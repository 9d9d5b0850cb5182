package io.p2pmining.core.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PowerSourceTest {

  @TempDir Path supplies;

  private void supply(String name, String type, String file, String text) throws IOException {
    Path directory = Files.createDirectories(supplies.resolve(name));
    Files.writeString(directory.resolve("type"), type + "\n");
    Files.writeString(directory.resolve(file), text + "\n");
  }

  private Answer onBattery() {
    return PowerSource.onBattery(supplies);
  }

  @Test
  void isNoBatteryInADesktop() throws IOException {
    assertThat(onBattery()).isEqualTo(Answer.NO);
    supply("AC", "Mains", "online", "1");
    assertThat(onBattery()).isEqualTo(Answer.NO);
  }

  @Test
  void isTheBatteryOnceTheCordIsPulled() throws IOException {
    supply("AC", "Mains", "online", "1");
    supply("BAT0", "Battery", "status", "Charging");
    assertThat(onBattery()).isEqualTo(Answer.NO);
    supply("AC", "Mains", "online", "0");
    supply("BAT0", "Battery", "status", "Discharging");
    assertThat(onBattery()).isEqualTo(Answer.YES);
  }

  @Test
  void isTheCordEvenIfItIsTooWeak() throws IOException {
    supply("ucsi", "USB", "online", "1");
    supply("BAT0", "Battery", "status", "Discharging");
    assertThat(onBattery()).isEqualTo(Answer.NO);
  }

  @Test
  void dependsOnTheBatteryWhereThatIsAllThatSpeaks() throws IOException {
    supply("BAT0", "Battery", "status", "Discharging");
    assertThat(onBattery()).isEqualTo(Answer.YES);
    supply("BAT0", "Battery", "status", "Full");
    assertThat(onBattery()).isEqualTo(Answer.NO);
    supply("BAT0", "Battery", "status", "Unknown");
    assertThat(onBattery()).isEqualTo(Answer.UNKNOWN);
  }

  @Test
  void isNotTheBatteryOfAMouse() throws IOException {
    supply("hidpp_battery_0", "Battery", "status", "Discharging");
    supply("hidpp_battery_0", "Battery", "scope", "Device");
    assertThat(onBattery()).isEqualTo(Answer.NO);
  }

  @Test
  void isUnknownToOtherSystems() {
    assertThat(PowerSource.onBattery(supplies.resolve("missing"))).isEqualTo(Answer.UNKNOWN);
  }
}
