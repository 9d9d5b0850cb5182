package io.p2pmining.cli.hash;

import io.p2pmining.cli.CommandFailure;
import io.p2pmining.cli.options.Algorithm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import picocli.CommandLine.TypeConversionException;

/**
 * Answers each line of a stream of requests with one line, in order, before the next one is read.
 */
final class HashBatch {

  private static final String ERROR = "error";

  private final HashCalculator calculator;
  private final Algorithm algorithms = new Algorithm();

  HashBatch(HashCalculator calculator) {
    this.calculator = calculator;
  }

  /** Hashes until the input ends; returns how many lines were invalid. */
  int run(BufferedReader in, PrintWriter out, PrintWriter err)
      throws IOException, InterruptedException {
    int invalid = 0;
    int number = 0;
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      number++;
      try {
        out.println(calculator.hash(HashRequest.parse(line, algorithms)));
      } catch (TypeConversionException | CommandFailure e) {
        err.println("line " + number + ": " + e.getMessage());
        out.println(ERROR);
        invalid++;
      }
      out.flush();
    }
    return invalid;
  }
}
