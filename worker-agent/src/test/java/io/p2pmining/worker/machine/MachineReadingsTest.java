package io.p2pmining.worker.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineReadingsTest {

  @TempDir private Path root;

  @Test
  void knowsNothingWhereThereAreNoFiles() {
    MachineReadings readings = new MachineReadings(root);

    assertThat(readings.processorCelsius()).isEmpty();
    assertThat(readings.throttledSeconds()).isZero();
    assertThat(readings.thermalThrottles()).isZero();
    assertThat(readings.hugePagesTotal()).isZero();
  }

  @Test
  void takesTheHottestSensorOfTheProcessorAndNoOther() throws IOException {
    file("sys/class/hwmon/hwmon0/name", "nvme");
    file("sys/class/hwmon/hwmon0/temp1_input", "91000");
    file("sys/class/hwmon/hwmon1/name", "coretemp");
    file("sys/class/hwmon/hwmon1/temp1_input", "61000");
    file("sys/class/hwmon/hwmon1/temp2_input", "64500");
    file("sys/class/hwmon/hwmon1/temp3_input", "broken");

    assertThat(new MachineReadings(root).processorCelsius()).hasValue(64.5);
  }

  @Test
  void takesAThermalZoneWhereThereIsNoSensor() throws IOException {
    file("sys/class/thermal/thermal_zone0/type", "acpitz");
    file("sys/class/thermal/thermal_zone0/temp", "20000");
    file("sys/class/thermal/thermal_zone1/type", "cpu-thermal");
    file("sys/class/thermal/thermal_zone1/temp", "48312");

    assertThat(new MachineReadings(root).processorCelsius()).hasValue(48.312);
  }

  @Test
  void readsThrottlingOfTheOwnGroupInVersionTwo() throws IOException {
    file("proc/self/cgroup", "0::/mining/worker");
    file("sys/fs/cgroup/cpu.stat", "usage_usec 9\nthrottled_usec 7000000");
    file("sys/fs/cgroup/mining/worker/cpu.stat", "usage_usec 9\nthrottled_usec 2500000");

    assertThat(new MachineReadings(root).throttledSeconds()).isEqualTo(2.5);
  }

  @Test
  void readsThrottlingOfAContainerInVersionOne() throws IOException {
    file("proc/self/cgroup", "5:memory:/docker/1\n4:cpu,cpuacct:/docker/1");
    file("sys/fs/cgroup/cpu,cpuacct/cpu.stat", "nr_throttled 3\nthrottled_time 1500000000");

    assertThat(new MachineReadings(root).throttledSeconds()).isEqualTo(1.5);
  }

  @Test
  void addsTheCoresThatWereTooHot() throws IOException {
    file("sys/devices/system/cpu/cpu0/thermal_throttle/core_throttle_count", "3");
    file("sys/devices/system/cpu/cpu11/thermal_throttle/core_throttle_count", "4");
    file("sys/devices/system/cpu/cpufreq/thermal_throttle/core_throttle_count", "100");

    assertThat(new MachineReadings(root).thermalThrottles()).isEqualTo(7);
  }

  private void file(String name, String content) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content + "\n");
  }
}
