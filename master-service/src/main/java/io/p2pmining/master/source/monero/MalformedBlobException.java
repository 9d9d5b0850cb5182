package io.p2pmining.master.source.monero;

/** A blob is not built the way this release knows. */
final class MalformedBlobException extends Exception {

  MalformedBlobException(String problem, int offset) {
    super(problem + " at offset " + offset);
  }
}
