package io.p2pmining.core.cpu;

import io.p2pmining.core.cpu.RegisterJournal.Former;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Turns prefetchers off that RandomX has no use for, and on again when closed. It changes how the
 * whole machine works, so only its owner may ask for it, who must be root; a machine that is
 * switched off forgets it. What the registers held before is written to a file first: should the
 * process be killed, the next one that is started restores it.
 *
 * <p>All hardware threads are changed or none, by one process at a time. Belongs to one thread.
 */
public final class ModelSpecificRegisters implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(ModelSpecificRegisters.class.getName());

  private final RegisterFiles files;
  private final RegisterJournal journal;
  private final List<Former> formers = new ArrayList<>();
  private boolean closed;

  private ModelSpecificRegisters(RegisterFiles files, RegisterJournal journal) {
    this.files = files;
    this.journal = journal;
  }

  /**
   * Where the registers are, and the file that remembers them.
   *
   * @param devices laid out like {@code /dev/cpu}
   * @param journal in a directory that is empty after the machine was switched off
   */
  public record RegisterFiles(Path devices, Path journal) {

    /** Those of this machine. */
    public static final RegisterFiles OF_THIS_MACHINE =
        new RegisterFiles(Path.of("/dev/cpu"), Path.of("/run/p2pmine/registers"));
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
    return change(
        RegisterFiles.OF_THIS_MACHINE, CpuFeatures.detect(), CacheTopology.detect().cpus());
  }

  /**
   * Restores what a process that was killed has left changed; how many values, mostly none. Does
   * nothing while another process has them changed.
   */
  public static int restoreLeft() {
    return restoreLeft(RegisterFiles.OF_THIS_MACHINE);
  }

  static int restoreLeft(RegisterFiles files) {
    if (!Files.exists(files.journal())) {
      return 0;
    }
    try (RegisterJournal journal = RegisterJournal.open(files.journal())) {
      return journal == null ? 0 : restoreLeft(files, journal);
    } catch (IOException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "prefetchers that another process turned off may stay so until the next start: " + e);
      return 0;
    }
  }

  private static int restoreLeft(RegisterFiles files, RegisterJournal journal) throws IOException {
    List<Former> left = journal.left();
    List<Former> still = restore(files, left);
    journal.write(still);
    return left.size() - still.size();
  }

  /**
   * Changes registers.
   *
   * @param processor decides about the values
   * @param cpus all hardware threads
   */
  public static Outcome change(RegisterFiles files, CpuFeatures processor, CpuSet cpus) {
    if (processor.virtualized()) {
      return new Outcome.Refused("in a virtual machine they are not the processor's own");
    }
    Optional<RegisterPreset> preset = RegisterPreset.of(processor);
    if (preset.isEmpty()) {
      return new Outcome.Refused(
          "no values are known for vendor=%s, family=%d, model=%d"
              .formatted(processor.vendor(), processor.family(), processor.model()));
    }
    try {
      RegisterJournal journal = RegisterJournal.open(files.journal());
      return journal == null
          ? new Outcome.Refused("another process of this machine has changed them already")
          : change(new ModelSpecificRegisters(files, journal), preset.get(), cpus);
    } catch (IOException e) {
      return refused(e);
    }
  }

  private static Outcome change(
      ModelSpecificRegisters registers, RegisterPreset preset, CpuSet cpus) {
    boolean complete = false;
    try {
      int ignored = restoreLeft(registers.files, registers.journal);
      registers.change(preset, cpus);
      complete = true;
      return new Outcome.Changed(preset.name(), registers);
    } catch (IOException e) {
      return refused(e);
    } finally {
      if (!complete) {
        registers.close();
      }
    }
  }

  private static Outcome refused(IOException reason) {
    return new Outcome.Refused(
        "it needs root, the kernel module msr (modprobe msr) and no lockdown: " + reason);
  }

  /** Reads and writes down everything before the first register is changed. */
  private void change(RegisterPreset preset, CpuSet cpus) throws IOException {
    List<Former> present = new ArrayList<>();
    for (int cpu : cpus.toList()) {
      try (FileChannel device = open(files, cpu)) {
        for (RegisterPreset.Register register : preset.registers()) {
          present.add(new Former(cpu, register.number(), read(device, register.number())));
        }
      }
    }
    journal.write(present);
    int at = 0;
    for (int cpu : cpus.toList()) {
      try (FileChannel device = open(files, cpu)) {
        for (RegisterPreset.Register register : preset.registers()) {
          Former former = present.get(at++);
          write(device, register.number(), register.over(former.value()));
          formers.add(former);
        }
      }
    }
  }

  /** Restores all values; what cannot be restored is logged. Does nothing the second time. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try (journal) {
      journal.write(restore(files, formers));
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "the file of former values stays: " + e);
    }
  }

  /** Restores values; those that could not be, which is logged. */
  private static List<Former> restore(RegisterFiles files, List<Former> formers) {
    List<Former> still = new ArrayList<>();
    for (Former former : formers) {
      try (FileChannel device = open(files, former.cpu())) {
        write(device, former.register(), former.value());
      } catch (IOException e) {
        still.add(former);
        LOG.log(
            System.Logger.Level.WARNING, "not restored until the next start: " + former + ": " + e);
      }
    }
    return still;
  }

  private static FileChannel open(RegisterFiles files, int cpu) throws IOException {
    Path device = files.devices().resolve(Integer.toString(cpu)).resolve("msr");
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
