package io.p2pmining.worker.work;

import io.p2pmining.core.cpu.ModelSpecificRegisters;
import io.p2pmining.core.cpu.ModelSpecificRegisters.Outcome;
import io.p2pmining.worker.node.RegisterSetting;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps prefetchers turned off while the worker runs, if its owner wants that. Whatever the
 * setting, what a worker that was killed has left turned off is turned on first. Used by one thread
 * at a time.
 */
final class Prefetchers implements AutoCloseable {

  private final RegisterSetting setting;
  private final IntSupplier restoreLeft;
  private final Supplier<Outcome> change;
  private @Nullable ModelSpecificRegisters registers;

  /** Those of this machine. */
  Prefetchers(RegisterSetting setting) {
    this(setting, ModelSpecificRegisters::restoreLeft, ModelSpecificRegisters::change);
  }

  Prefetchers(RegisterSetting setting, IntSupplier restoreLeft, Supplier<Outcome> change) {
    this.setting = setting;
    this.restoreLeft = restoreLeft;
    this.change = change;
  }

  /** Turns them off where that is wanted and possible, and says what became of it. */
  void start() {
    int restored = restoreLeft.getAsInt();
    if (restored > 0) {
      WorkLog.registersRestored(restored);
    }
    if (setting == RegisterSetting.AUTO) {
      switch (change.get()) {
        case Outcome.Changed(String preset, ModelSpecificRegisters changed) -> {
          registers = changed;
          WorkLog.prefetchersOff(preset);
        }
        case Outcome.Refused(String reason) -> WorkLog.prefetchersStay(reason);
      }
    }
  }

  /** Turns them on again. */
  @Override
  public void close() {
    if (registers != null) {
      registers.close();
      registers = null;
    }
  }
}
