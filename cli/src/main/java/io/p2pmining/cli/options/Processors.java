package io.p2pmining.cli.options;

import io.p2pmining.core.cpu.Affinity;
import io.p2pmining.core.cpu.CpuSet;
import io.p2pmining.core.cpu.ThreadAffinity;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The processors to which threads are bound; those that this process may not use are refused. */
public final class Processors implements ITypeConverter<Affinity> {

  private final Optional<CpuSet> allowed;

  public Processors() {
    this(ThreadAffinity.allowed());
  }

  /** For a process that may run on some processors; empty if unknown. */
  Processors(Optional<CpuSet> allowed) {
    this.allowed = allowed;
  }

  @Override
  public Affinity convert(String word) {
    Affinity affinity;
    try {
      affinity = Affinity.parse(word);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException("'" + word + "' " + e.getMessage());
    }
    if (affinity instanceof Affinity.Listed(CpuSet set) && allowed.isPresent()) {
      refuseForbidden(word, set, allowed.get());
    }
    return affinity;
  }

  private static void refuseForbidden(String word, CpuSet wanted, CpuSet allowed) {
    if (!wanted.and(allowed).equals(wanted)) {
      throw new TypeConversionException("'" + word + "' is not within " + allowed);
    }
  }
}
