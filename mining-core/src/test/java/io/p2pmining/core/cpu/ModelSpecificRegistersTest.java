package io.p2pmining.core.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.core.cpu.ModelSpecificRegisters.Outcome;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelSpecificRegistersTest {

  private static final int PREFETCH_CONTROL = 0x1a4;
  private static final CpuSet CPUS = CpuSet.of(0, 2);

  /** The devices as plain files, sparse ones where register numbers are high. */
  @TempDir Path devices;

  @BeforeEach
  void makeDevices() throws IOException {
    for (int cpu : CPUS.toList()) {
      Files.createDirectories(device(cpu).getParent());
      set(cpu, PREFETCH_CONTROL, 0x8877_6655_4433_2211L + cpu);
    }
  }

  private Path device(int cpu) {
    return devices.resolve(Integer.toString(cpu)).resolve("msr");
  }

  private void set(int cpu, int register, long value) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(device(cpu).toFile(), "rw")) {
      file.seek(Integer.toUnsignedLong(register));
      file.writeLong(Long.reverseBytes(value));
    }
  }

  private long get(int cpu, int register) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(device(cpu).toFile(), "r")) {
      file.seek(Integer.toUnsignedLong(register));
      return Long.reverseBytes(file.readLong());
    }
  }

  private static CpuFeatures processor(String vendor, int family, int model) {
    return new CpuFeatures(vendor, "", family, model, 0, false, Set.of());
  }

  private static CpuFeatures intel() {
    return processor("GenuineIntel", 6, 0x97);
  }

  private static ModelSpecificRegisters changed(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Changed.class);
    return ((Outcome.Changed) outcome).registers();
  }

  @Test
  void changesAllProcessorsAndRestoresThem() throws IOException {
    try (ModelSpecificRegisters registers =
        changed(ModelSpecificRegisters.change(devices, intel(), CPUS))) {
      assertThat(get(0, PREFETCH_CONTROL)).isEqualTo(0xf);
      assertThat(get(2, PREFETCH_CONTROL)).isEqualTo(0xf);
      registers.close();
      assertThat(get(0, PREFETCH_CONTROL)).isEqualTo(0x8877_6655_4433_2211L);
      assertThat(get(2, PREFETCH_CONTROL)).isEqualTo(0x8877_6655_4433_2213L);
      set(0, PREFETCH_CONTROL, 5);
    }
    assertThat(get(0, PREFETCH_CONTROL)).as("restored once only").isEqualTo(5);
  }

  @Test
  void leavesTheCacheOfDecodedInstructionsAlone() throws IOException {
    set(0, 0xc001_102b, 1);
    set(0, 0xc001_1020, 2);
    set(0, 0xc001_1021, 0x23);
    set(0, 0xc001_1022, 4);
    set(0, 0xc001_102b, 5);
    CpuFeatures zen2 = processor("AuthenticAMD", 0x17, 0x71);
    // The last number is 0xc001102b, whose eight bytes end the file.
    try (ModelSpecificRegisters registers =
        changed(ModelSpecificRegisters.change(devices, zen2, CpuSet.of(0)))) {
      assertThat(registers).isNotNull();
      assertThat(get(0, 0xc001_102b)).isEqualTo(0x2000_cc16L);
    }
    assertThat(get(0, 0xc001_102b)).isEqualTo(5);
    RegisterPreset.Register instructions = RegisterPreset.of(zen2).orElseThrow().registers().get(1);
    assertThat(instructions.over(0x23)).isEqualTo(0x60);
    assertThat(instructions.over(0x03)).isEqualTo(0x40);
  }

  @Test
  void changesNothingIfOneProcessorRefuses() throws IOException {
    Outcome outcome = ModelSpecificRegisters.change(devices, intel(), CpuSet.of(0, 1, 2));
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Refused.class, refused -> assertThat(refused.reason()).contains("modprobe"));
    assertThat(get(0, PREFETCH_CONTROL)).isEqualTo(0x8877_6655_4433_2211L);
    assertThat(get(2, PREFETCH_CONTROL)).isEqualTo(0x8877_6655_4433_2213L);
  }

  @Test
  void changesNothingInAVirtualMachine() throws IOException {
    CpuFeatures guest = new CpuFeatures("GenuineIntel", "", 6, 0x97, 0, true, Set.of());
    assertThat(ModelSpecificRegisters.change(devices, guest, CPUS))
        .isInstanceOfSatisfying(
            Outcome.Refused.class, refused -> assertThat(refused.reason()).contains("virtual"));
    assertThat(get(0, PREFETCH_CONTROL)).isEqualTo(0x8877_6655_4433_2211L);
  }

  @Test
  void changesNothingOnUnknownProcessors() {
    assertThat(ModelSpecificRegisters.change(devices, processor("AuthenticAMD", 0x99, 1), CPUS))
        .isEqualTo(
            new Outcome.Refused(
                "no values are known for vendor=AuthenticAMD, family=153, model=1"));
  }

  @ParameterizedTest
  @CsvSource({
    "AuthenticAMD, 0x17, 0x01, Zen to Zen 2",
    "AuthenticAMD, 0x17, 0x71, Zen to Zen 2",
    "HygonGenuine, 0x18, 0x00, Zen to Zen 2",
    "AuthenticAMD, 0x19, 0x21, Zen 3",
    "AuthenticAMD, 0x19, 0x01, Zen 3",
    "AuthenticAMD, 0x19, 0x50, Zen 3",
    "AuthenticAMD, 0x19, 0x11, Zen 4 and 5",
    "AuthenticAMD, 0x19, 0x61, Zen 4 and 5",
    "AuthenticAMD, 0x1a, 0x44, Zen 4 and 5",
    "GenuineIntel, 0x06, 0x97, Intel",
    "GenuineIntel, 0x06, 0x17, ",
    "GenuineIntel, 0x0f, 0x04, ",
    "AuthenticAMD, 0x16, 0x30, ",
    "'', 0x00, 0x00, "
  })
  void knowsTheDesigns(String vendor, String family, String model, String name) {
    CpuFeatures processor = processor(vendor, Integer.decode(family), Integer.decode(model));
    assertThat(RegisterPreset.of(processor).map(RegisterPreset::name).orElse(null)).isEqualTo(name);
  }
}
