package io.p2pmining.benchmarks.compare;

import io.p2pmining.benchmarks.contender.Mode;
import io.p2pmining.benchmarks.contender.PageKind;
import io.p2pmining.benchmarks.contender.Terms;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that say what both contenders have to do. */
final class TermsOptions {

  @Option(names = "--algorithm", defaultValue = "rx/0", description = "(${DEFAULT-VALUE})")
  private String algorithm = "";

  @Option(
      names = "--threads",
      defaultValue = "1",
      description = "Hashing threads, each on a processor of its own (${DEFAULT-VALUE}).")
  private int threads;

  @Option(
      names = "--init-threads",
      paramLabel = "N",
      description = "Threads that compute a dataset (default: one for each processor).")
  private int initThreads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--pages",
      paramLabel = "4k|thp|2m|1g",
      defaultValue = "thp",
      converter = PageKinds.class,
      description = "Pages under cache, dataset and scratchpads (${DEFAULT-VALUE}).")
  private PageKind pages = PageKind.TRANSPARENT_HUGE;

  /** Page kinds by their labels. */
  static final class PageKinds implements ITypeConverter<PageKind> {

    @Override
    public PageKind convert(String label) {
      try {
        return PageKind.of(label);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  /** What was chosen, in full mode. */
  Terms terms() {
    return new Terms(algorithm, Mode.FULL, threads, initThreads, pages);
  }
}
