package io.p2pmining.benchmarks.opponent;

import io.p2pmining.benchmarks.contender.Mode;
import io.p2pmining.benchmarks.contender.PageKind;
import io.p2pmining.benchmarks.contender.Terms;
import java.util.List;

/**
 * How a comparison talks to a contender in a process of its own: lines of text over its standard
 * input and output. Its arguments are the terms:
 *
 * <pre>
 *   --algo rx/0 --threads N --init-threads N --pages 4k|thp|2m|1g --mode full|light|masked
 * </pre>
 *
 * The key is 32 zero bytes; thread i runs on processor i. Once it is prepared it says
 *
 * <pre>
 *   ready cacheInitSeconds=S datasetInitSeconds=S initProcessorSeconds=S pages=KIND [engine=WORD …]
 * </pre>
 *
 * and then answers each of these with one line:
 *
 * <pre>
 *   run S      hashes for S seconds on all threads and rests again
 *              hashes=N seconds=S hashesPerSecond=R [hashesPerProcessorSecond=R]
 *   init N     gives its memory back, prepares anew with N threads for the dataset
 *              cacheInitSeconds=S datasetInitSeconds=S [initProcessorSeconds=S]
 *   hash HEX   hash=HEX, of 32 bytes, not the commitment to it
 *   quit       ends without an answer, as does the end of its input
 * </pre>
 *
 * Fields come in any order, and ones that are not known are passed over. Inputs while running are
 * 112 zero bytes with a nonce at offset 39. What goes wrong is a line {@code error REASON}.
 */
public final class Protocol {

  static final String READY = "ready";
  static final String ERROR = "error";
  static final String RUN = "run";
  static final String INIT = "init";
  static final String HASH = "hash";
  static final String QUIT = "quit";

  static final String ALGORITHM = "--algo";
  static final String THREADS = "--threads";
  static final String INIT_THREADS = "--init-threads";
  static final String PAGES = "--pages";
  static final String MODE = "--mode";

  /** The protocol in the words of a command's help. */
  public static final String HELP =
      """
      A program is started with
        --algo NAME --threads N --init-threads N --pages 4k|thp|2m|1g --mode full|light|masked
      and prints, once it is prepared for hashing under a key of 32 zero bytes,
        ready cacheInitSeconds=S datasetInitSeconds=S initProcessorSeconds=S pages=KIND
      Then it reads lines and answers each with one:
        run S     hashes=N seconds=S hashesPerSecond=R hashesPerProcessorSecond=R
        init N    cacheInitSeconds=S datasetInitSeconds=S initProcessorSeconds=S
        hash HEX  hash=HEX
        quit      (ends)
      or with error REASON. Processor times may be missing; other fields are passed over. It hashes
      only between run and its answer: 112 zero bytes with a nonce at offset 39, thread i on
      processor i.""";

  private Protocol() {}

  /** The arguments that say the terms. */
  static List<String> arguments(Terms terms) {
    return List.of(
        ALGORITHM,
        terms.algorithm(),
        THREADS,
        Integer.toString(terms.threads()),
        INIT_THREADS,
        Integer.toString(terms.initThreads()),
        PAGES,
        terms.pages().label(),
        MODE,
        terms.mode().label());
  }

  /** The kind of pages that a word of the protocol means. */
  static PageKind pages(String word) {
    return PageKind.of(word);
  }

  /** The mode that a word of the protocol means. */
  static Mode mode(String word) {
    return Mode.of(word);
  }
}
