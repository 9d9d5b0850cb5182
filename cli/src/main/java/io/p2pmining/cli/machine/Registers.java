package io.p2pmining.cli.machine;

import io.p2pmining.cli.options.OnOff;
import io.p2pmining.core.cpu.ModelSpecificRegisters;
import io.p2pmining.core.cpu.ModelSpecificRegisters.Outcome;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/**
 * Prefetchers of the whole machine, turned off while this is open if that is wanted and possible.
 * Used by one thread.
 */
public final class Registers implements AutoCloseable {

  private static final String UNCHANGED = "off";

  private final @Nullable ModelSpecificRegisters changed;
  private final String name;

  private Registers(@Nullable ModelSpecificRegisters changed, String name) {
    this.changed = changed;
    this.name = name;
  }

  /** Turns them off, or says on {@code err} why they stay as they are. */
  public static Registers open(OnOff wish, PrintWriter err) {
    if (wish == OnOff.OFF) {
      return new Registers(null, UNCHANGED);
    }
    return switch (ModelSpecificRegisters.change()) {
      case Outcome.Changed(String preset, ModelSpecificRegisters registers) ->
          new Registers(registers, preset);
      case Outcome.Refused(String reason) -> {
        err.println("prefetchers stay as they are: " + reason);
        yield new Registers(null, UNCHANGED);
      }
    };
  }

  /** The processor design whose prefetchers are off, or {@code off} if nothing was changed. */
  public String name() {
    return name;
  }

  /** Turns them on again. */
  @Override
  public void close() {
    if (changed != null) {
      changed.close();
    }
  }
}
