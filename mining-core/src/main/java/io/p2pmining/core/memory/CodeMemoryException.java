package io.p2pmining.core.memory;

/** This system gives no memory for generated code. Its message says the remedy. */
public final class CodeMemoryException extends RuntimeException {

  private static final long serialVersionUID = 1;

  CodeMemoryException(String purpose, long bytes, String reason) {
    super(
        "no executable memory of %d bytes for %s: %s; allow memory files to be executable"
                .formatted(bytes, purpose, reason)
            + " (sysctl vm.memfd_noexec=0) or do without generated code");
  }
}
