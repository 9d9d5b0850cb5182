package io.p2pmining.core.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.core.cpu.ModelSpecificRegisters.Outcome;
import io.p2pmining.core.cpu.ModelSpecificRegisters.RegisterFiles;
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

  @TempDir Path root;

  /** The devices as plain files, sparse ones where register numbers are high. */
  private Path devices() {
    return root.resolve("cpu");
  }

  private Path journal() {
    return root.resolve("run").resolve("registers");
  }

  private RegisterFiles files() {
    return new RegisterFiles(devices(), journal());
  }

  @BeforeEach
  void makeDevices() throws IOException {
    for (int cpu : CPUS.toList()) {
      Files.createDirectories(device(cpu).getParent());
      set(cpu, PREFETCH_CONTROL, 0x8877_6655_4433_2211L + cpu);
    }
  }

  private Path device(int cpu) {
    return devices().resolve(Integer.toString(cpu)).resolve("msr");
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
        changed(ModelSpecificRegisters.change(files(), intel(), CPUS))) {
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
  void writesFormerValuesDownBeforeItChangesAny() throws IOException {
    try (ModelSpecificRegisters registers =
        changed(ModelSpecificRegisters.change(files(), intel(), CPUS))) {
      assertThat(registers).isNotNull();
      assertThat(journal())
          .hasContent(
              "cpu 0 register 000001a4 value 8877665544332211\n"
                  + "cpu 2 register 000001a4 value 8877665544332213\n");
    }
    assertThat(journal()).isEmptyFile();
  }

  @Test
  void restoresWhatAProcessThatWasKilledHasLeft() throws IOException {
    leaveChanged();
    assertThat(ModelSpecificRegisters.restoreLeft(files())).isEqualTo(2);
    assertThat(get(0, PREFETCH_CONTROL)).isEqualTo(0x8877_6655_4433_2211L);
    assertThat(get(2, PREFETCH_CONTROL)).isEqualTo(0x8877_6655_4433_2213L);
    set(0, PREFETCH_CONTROL, 5);
    assertThat(ModelSpecificRegisters.restoreLeft(files())).as("once only").isZero();
    assertThat(get(0, PREFETCH_CONTROL)).isEqualTo(5);
  }

  @Test
  void takesForFormerValuesThoseBeforeAProcessThatWasKilled() throws IOException {
    leaveChanged();
    changed(ModelSpecificRegisters.change(files(), intel(), CPUS)).close();
    assertThat(get(0, PREFETCH_CONTROL)).isEqualTo(0x8877_6655_4433_2211L);
    assertThat(get(2, PREFETCH_CONTROL)).isEqualTo(0x8877_6655_4433_2213L);
  }

  /** As if a process had been killed: the values are changed, the journal stays, unlocked. */
  private void leaveChanged() throws IOException {
    String left;
    try (ModelSpecificRegisters registers =
        changed(ModelSpecificRegisters.change(files(), intel(), CPUS))) {
      assertThat(registers).isNotNull();
      left = Files.readString(journal());
    }
    Files.writeString(journal(), left + "cpu 2 register 000001a4 val");
    set(0, PREFETCH_CONTROL, 0xf);
    set(2, PREFETCH_CONTROL, 0xf);
  }

  @Test
  void keepsFormerValuesThatCouldNotBeRestored() throws IOException {
    leaveChanged();
    Files.move(device(2), device(2).resolveSibling("away"));
    assertThat(ModelSpecificRegisters.restoreLeft(files())).isEqualTo(1);
    Files.move(device(2).resolveSibling("away"), device(2));
    set(0, PREFETCH_CONTROL, 5);
    assertThat(ModelSpecificRegisters.restoreLeft(files())).isEqualTo(1);
    assertThat(get(0, PREFETCH_CONTROL)).as("restored before").isEqualTo(5);
    assertThat(get(2, PREFETCH_CONTROL)).isEqualTo(0x8877_6655_4433_2213L);
  }

  @Test
  void leavesRegistersToTheProcessThatHasChangedThem() throws IOException {
    try (ModelSpecificRegisters first =
        changed(ModelSpecificRegisters.change(files(), intel(), CPUS))) {
      assertThat(first).isNotNull();
      assertThat(ModelSpecificRegisters.change(files(), intel(), CPUS))
          .isEqualTo(
              new Outcome.Refused("another process of this machine has changed them already"));
      assertThat(ModelSpecificRegisters.restoreLeft(files())).isZero();
      assertThat(get(0, PREFETCH_CONTROL)).isEqualTo(0xf);
    }
    assertThat(get(0, PREFETCH_CONTROL)).isEqualTo(0x8877_6655_4433_2211L);
    changed(ModelSpecificRegisters.change(files(), intel(), CPUS)).close();
  }

  @Test
  void needsNoJournalWhereNothingWasEverChanged() {
    assertThat(ModelSpecificRegisters.restoreLeft(files())).isZero();
    assertThat(journal()).doesNotExist();
  }

  @Test
  void refusesWithoutAPlaceForFormerValues() throws IOException {
    Files.writeString(root.resolve("run"), "a file where a directory should be");
    assertThat(ModelSpecificRegisters.change(files(), intel(), CPUS))
        .isInstanceOfSatisfying(
            Outcome.Refused.class, refused -> assertThat(refused.reason()).contains("root"));
    assertThat(get(0, PREFETCH_CONTROL)).isEqualTo(0x8877_6655_4433_2211L);
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
        changed(ModelSpecificRegisters.change(files(), zen2, CpuSet.of(0)))) {
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
    Outcome outcome = ModelSpecificRegisters.change(files(), intel(), CpuSet.of(0, 1, 2));
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Refused.class, refused -> assertThat(refused.reason()).contains("modprobe"));
    assertThat(get(0, PREFETCH_CONTROL)).isEqualTo(0x8877_6655_4433_2211L);
    assertThat(get(2, PREFETCH_CONTROL)).isEqualTo(0x8877_6655_4433_2213L);
  }

  @Test
  void changesNothingInAVirtualMachine() throws IOException {
    CpuFeatures guest = new CpuFeatures("GenuineIntel", "", 6, 0x97, 0, true, Set.of());
    assertThat(ModelSpecificRegisters.change(files(), guest, CPUS))
        .isInstanceOfSatisfying(
            Outcome.Refused.class, refused -> assertThat(refused.reason()).contains("virtual"));
    assertThat(get(0, PREFETCH_CONTROL)).isEqualTo(0x8877_6655_4433_2211L);
  }

  @Test
  void changesNothingOnUnknownProcessors() {
    assertThat(ModelSpecificRegisters.change(files(), processor("AuthenticAMD", 0x99, 1), CPUS))
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
