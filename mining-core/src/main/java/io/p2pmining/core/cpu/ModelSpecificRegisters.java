package io.p2pmining.core.cpu;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Turns prefetchers off that RandomX has no use for, and on again when closed. It changes how the
 * whole machine works, so only its owner may ask for it, who must be root; a machine that is
 * switched off forgets it. Should the process be killed, that is the way to undo it.
 *
 * <p>All hardware threads are changed or none. Belongs to one thread.
 */
public final class ModelSpecificRegisters implements AutoCloseable {

  private static final Path DEVICES = Path.of("/dev/cpu");

  /** A register's value as it was. */
  private record Former(int cpu, int register, long value) {}

  private final Path devices;
  private final RegisterPreset preset;
  private final List<Former> formers = new ArrayList<>();

  private ModelSpecificRegisters(Path devices, RegisterPreset preset) {
    this.devices = devices;
    this.preset = preset;
  }

  /** What became of the wish to change registers. */
  public sealed interface Outcome {

    /** They are changed until the registers are closed. */
    record Changed(String preset, ModelSpecificRegisters registers) implements Outcome {}

    /** Nothing is changed, for a reason in the words of a message. */
    record Refused(String reason) implements Outcome {}
  }

  /** Changes the registers of all hardware threads of this machine. */
  public static Outcome change() {
    return change(DEVICES, CpuFeatures.detect(), CacheTopology.detect().cpus());
  }

  /**
   * Changes registers.
   *
   * @param devices laid out like {@code /dev/cpu}
   */
  static Outcome change(Path devices, CpuFeatures processor, CpuSet cpus) {
    if (processor.virtualized()) {
      return new Outcome.Refused("in a virtual machine they are not the processor's own");
    }
    Optional<RegisterPreset> preset = RegisterPreset.of(processor);
    if (preset.isEmpty()) {
      return new Outcome.Refused(
          "no values are known for vendor=%s, family=%d, model=%d"
              .formatted(processor.vendor(), processor.family(), processor.model()));
    }
    ModelSpecificRegisters registers = new ModelSpecificRegisters(devices, preset.get());
    try {
      for (int cpu : cpus.toList()) {
        registers.change(cpu);
      }
      return new Outcome.Changed(preset.get().name(), registers);
    } catch (IOException e) {
      registers.close();
      return new Outcome.Refused(
          "it needs root, the kernel module msr (modprobe msr) and no lockdown: " + e);
    }
  }

  private void change(int cpu) throws IOException {
    try (FileChannel device = open(cpu)) {
      for (RegisterPreset.Register register : preset.registers()) {
        long present = read(device, register.number());
        write(device, register.number(), register.over(present));
        formers.add(new Former(cpu, register.number(), present));
      }
    }
  }

  /** Restores all values; what cannot be restored is logged. Does nothing the second time. */
  @Override
  public void close() {
    for (Former former : formers.reversed()) {
      try (FileChannel device = open(former.cpu())) {
        write(device, former.register(), former.value());
      } catch (IOException e) {
        System.getLogger(ModelSpecificRegisters.class.getName())
            .log(System.Logger.Level.WARNING, "not restored until the next start: " + former, e);
      }
    }
    formers.clear();
  }

  private FileChannel open(int cpu) throws IOException {
    Path device = devices.resolve(Integer.toString(cpu)).resolve("msr");
    return FileChannel.open(device, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  /** The device takes a register's number as the position in the file. */
  private static long read(FileChannel device, int register) throws IOException {
    ByteBuffer value = buffer();
    if (device.read(value, Integer.toUnsignedLong(register)) != Long.BYTES) {
      throw new IOException("register=0x%x cannot be read".formatted(register));
    }
    return value.getLong(0);
  }

  private static void write(FileChannel device, int register, long value) throws IOException {
    if (device.write(buffer().putLong(0, value), Integer.toUnsignedLong(register)) != Long.BYTES) {
      throw new IOException("register=0x%x cannot be written".formatted(register));
    }
  }

  private static ByteBuffer buffer() {
    return ByteBuffer.allocateDirect(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
  }
}
