package io.p2pmining.cli.bench;

import io.p2pmining.cli.options.OnOff;
import picocli.CommandLine.Option;

/** The options that say what of the machine is used. */
final class MachineOptions {

  @Option(
      names = "--numa",
      paramLabel = "auto|off",
      description =
          "A dataset for each NUMA node on which bound threads hash, if memory allows (default:"
              + " auto).")
  private OnOff numa = OnOff.AUTO;

  @Option(
      names = "--msr",
      paramLabel = "auto|off",
      description = {
        "Turns prefetchers of the whole machine off meanwhile: as root, with the kernel module msr,"
            + " not in a virtual machine (default: off)."
      })
  private OnOff msr = OnOff.OFF;

  OnOff numa() {
    return numa;
  }

  OnOff msr() {
    return msr;
  }
}
