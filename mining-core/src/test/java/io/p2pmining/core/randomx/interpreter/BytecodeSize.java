package io.p2pmining.core.randomx.interpreter;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.attribute.CodeAttribute;
import java.util.Objects;

/** Measures methods by the bytes of their code. */
final class BytecodeSize {

  private BytecodeSize() {}

  static int of(Class<?> type, String method) {
    try (InputStream stream = type.getResourceAsStream(type.getSimpleName() + ".class")) {
      return ClassFile.of().parse(Objects.requireNonNull(stream).readAllBytes()).methods().stream()
          .filter(m -> m.methodName().equalsString(method))
          .findFirst()
          .flatMap(m -> m.code())
          .map(code -> ((CodeAttribute) code).codeLength())
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
