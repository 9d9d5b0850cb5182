package io.p2pmining.common;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ModuleBoundaryTest {

  private static JavaClasses common;

  @BeforeAll
  static void importClasses() {
    common =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.p2pmining.common");
  }

  @Test
  void knowsNoOtherModule() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.p2pmining.core..",
            "io.p2pmining.master..",
            "io.p2pmining.worker..",
            "io.p2pmining.cli..")
        .because("the protocol carries proof of work but must not know how it is computed")
        .check(common);
  }

  @Test
  void knowsNoFramework() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.springframework..", "jakarta..", "io.micrometer..")
        .because("a client that only speaks the protocol must not have to bring a framework")
        .check(common);
  }

  @Test
  void framesKnowNothingOfConversations() {
    noClasses()
        .that()
        .resideInAPackage("..common.frame..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("..common.connection..", "..common.node..")
        .because("what a frame is does not depend on who sends it when")
        .check(common);
  }

  @Test
  void packagesHaveNoCycles() {
    slices()
        .matching("io.p2pmining.common.(*)..")
        .should()
        .beFreeOfCycles()
        .because("a package that can only be understood with all others is no package")
        .check(common);
  }

  @Test
  void onlyTheNodePackageTouchesFiles() {
    noClasses()
        .that()
        .resideInAnyPackage("..common.frame..", "..common.connection..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.nio.file..")
        .because("their code runs on event loops, which must never wait for a disk")
        .check(common);
  }

  @Test
  void handlersStayInside() {
    classes()
        .that()
        .haveSimpleNameEndingWith("Handler")
        .and()
        .resideInAPackage("..common.connection..")
        .should()
        .bePackagePrivate()
        .because("services talk through Connection and their listener, never through Netty")
        .check(common);
  }
}
