package io.p2pmining.worker;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "io.p2pmining.worker",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule packagesFormNoCycles =
      slices()
          .matching("io.p2pmining.worker.(*)..")
          .should()
          .beFreeOfCycles()
          .because("a part that can be understood alone must not need those that are built on it");

  @ArchTest
  static final ArchRule knowsNoOtherService =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.p2pmining.master..", "io.p2pmining.cli..")
          .because("services talk over the wire only, so that each can be updated alone");

  @ArchTest
  static final ArchRule usesTheCoreThroughItsInterfaces =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.p2pmining.core.randomx..",
              "io.p2pmining.core.sha256d..",
              "io.p2pmining.core.crypto..")
          .because("an algorithm is found by name; the worker must run those that come later");

  @ArchTest
  static final ArchRule workKnowsNoSockets =
      noClasses()
          .that()
          .resideInAnyPackage("io.p2pmining.worker.work..", "io.p2pmining.worker.machine..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.netty..", "java.net..")
          .because("units and results are tested without a network");

  @ArchTest
  static final ArchRule takesNoServletContainer =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "jakarta.servlet..",
              "org.springframework.web..",
              "tools.jackson..",
              "com.fasterxml..")
          .because("a worker must fit beside its cache on a machine with 1 GB");

  @ArchTest
  static final ArchRule onlyTheSurveyAsksTheSystem =
      classes()
          .that()
          .resideOutsideOfPackage("io.p2pmining.worker.machine..")
          .should()
          .onlyDependOnClassesThat()
          .resideOutsideOfPackage("oshi..")
          .because("what the library costs is measured and kept in one place");
}
