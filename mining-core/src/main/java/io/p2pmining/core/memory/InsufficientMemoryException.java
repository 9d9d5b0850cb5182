package io.p2pmining.core.memory;

/** There is not enough memory on this machine or for this process. Its message says the remedy. */
public final class InsufficientMemoryException extends RuntimeException {

  private static final long serialVersionUID = 1;
  private static final long MEBIBYTE = 1L << 20;

  private final long requestedBytes;

  InsufficientMemoryException(String purpose, long requestedBytes, String found) {
    super(
        "cannot allocate %d bytes (%d MiB) for %s: %s; stop other programs, raise the memory limit"
                .formatted(
                    requestedBytes, (requestedBytes + MEBIBYTE - 1) / MEBIBYTE, purpose, found)
            + " of this process or container, or use a mode that needs less");
    this.requestedBytes = requestedBytes;
  }

  /** How many bytes were asked for. */
  public long requestedBytes() {
    return requestedBytes;
  }
}
