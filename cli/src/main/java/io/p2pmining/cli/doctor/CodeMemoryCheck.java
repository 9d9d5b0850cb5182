package io.p2pmining.cli.doctor;

import io.p2pmining.core.memory.CodeMemoryException;
import io.p2pmining.core.memory.CodeViews;
import io.p2pmining.core.memory.ExecutableMemory;
import java.util.function.Supplier;

/** Whether the system gives memory for generated code. */
final class CodeMemoryCheck {

  private static final String NAME = "code memory";
  private static final int BYTES = 4096;

  private CodeMemoryCheck() {}

  static Finding ofThisMachine() {
    return of(
        () -> {
          try (ExecutableMemory memory = ExecutableMemory.allocate(BYTES, "a check")) {
            return memory.views();
          }
        });
  }

  static Finding of(Supplier<CodeViews> obtained) {
    try {
      return switch (obtained.get()) {
        case TWO_VIEWS ->
            Finding.ok(
                NAME, "generated code is written through one view, executed through another");
        case FLIPPED, WRITABLE_AND_EXECUTABLE ->
            Finding.warn(
                NAME,
                "memory files may not be executable, so each program costs two calls of the system",
                "allow them: sysctl vm.memfd_noexec=0, and memfd_create in the container's profile");
      };
    } catch (CodeMemoryException e) {
      return Finding.fail(
          NAME,
          "none, so the interpreter hashes, slowly: " + e.getMessage(),
          "look at sysctl vm.memfd_noexec, SELinux (execmem), systemd (MemoryDenyWriteExecute) and"
              + " the container's seccomp profile");
    }
  }
}
