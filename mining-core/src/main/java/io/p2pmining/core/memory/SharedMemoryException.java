package io.p2pmining.core.memory;

/** Memory was to be shared in any case and cannot be. Its message says the remedy. */
public final class SharedMemoryException extends RuntimeException {

  private static final long serialVersionUID = 1;

  SharedMemoryException(String purpose, String reason) {
    super(
        "%s must be shared with other processes, but cannot be: %s; remove the cause, or let each process have its own"
            .formatted(purpose, reason));
  }
}
