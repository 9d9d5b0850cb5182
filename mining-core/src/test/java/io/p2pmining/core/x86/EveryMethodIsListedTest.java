package io.p2pmining.core.x86;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A method that is added to the assembler is compared with GNU as and objdump, too. */
class EveryMethodIsListedTest {

  private static final List<Class<?>> LISTS =
      List.of(GeneralForms.class, VectorForms.class, LabelPrograms.class);

  /** These do not write. */
  private static final Set<String> OTHERS = Set.of("length", "toByteArray");

  @Test
  void everyWritingMethodOfTheAssemblerIsListed() {
    var methods =
        new ClassFileImporter()
            .importClasses(
                Assembler.class, GeneralForms.class, VectorForms.class, LabelPrograms.class)
            .get(Assembler.class)
            .getMethods();

    assertThat(methods)
        .filteredOn(method -> method.getModifiers().contains(JavaModifier.PUBLIC))
        .filteredOn(method -> !OTHERS.contains(method.getName()))
        .hasSizeGreaterThan(80)
        .filteredOn(method -> !isListed(method))
        .isEmpty();
  }

  private static boolean isListed(JavaMethod method) {
    return Stream.concat(method.getCallsOfSelf().stream(), method.getReferencesToSelf().stream())
        .anyMatch(
            access ->
                LISTS.stream().anyMatch(list -> access.getOriginOwner().isEquivalentTo(list)));
  }
}
