package io.p2pmining.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "io.p2pmining.core",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule NEEDS_NOTHING_BUT_THE_JDK =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "io.p2pmining.core..", "java..", "com.sun.management", "org.jspecify..")
          .because("others use this module as a library, and it must run where nothing else is");

  @ArchTest
  static final ArchRule PROOF_OF_WORK_KNOWS_NO_ALGORITHM =
      noClasses()
          .that()
          .resideInAPackage("io.p2pmining.core.pow..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.p2pmining.core.randomx..",
              "io.p2pmining.core.sha256d..",
              "io.p2pmining.core.crypto..")
          .because("algorithms are found by ServiceLoader; a new one must not change the SPI");

  @ArchTest
  static final ArchRule CRYPTO_KNOWS_NO_ALGORITHM =
      noClasses()
          .that()
          .resideInAPackage("io.p2pmining.core.crypto..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.p2pmining.core.randomx..",
              "io.p2pmining.core.sha256d..",
              "io.p2pmining.core.pow..")
          .because("primitives are what algorithms are built from, not the other way round");

  @ArchTest
  static final ArchRule FAMILIES_DO_NOT_KNOW_EACH_OTHER =
      noClasses()
          .that()
          .resideInAPackage("io.p2pmining.core.randomx..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.p2pmining.core.sha256d..")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("io.p2pmining.core.pow.PowAlgorithms")
          .because("each family must be removable by deleting its package and its service entry");

  @ArchTest
  static final ArchRule PROGRAMS_ARE_SHARED_BY_ALL_ENGINES =
      noClasses()
          .that()
          .resideInAPackage("io.p2pmining.core.randomx.program..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.p2pmining.core.randomx.interpreter..", "io.p2pmining.core.randomx.vm..")
          .because("interpreter and compilers decode programs alike, so decoding knows neither");

  @ArchTest
  static final ArchRule ENGINES_DO_NOT_KNOW_THEIR_MACHINE =
      noClasses()
          .that()
          .resideInAPackage("io.p2pmining.core.randomx.interpreter..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.p2pmining.core.randomx.vm..")
          .because("a machine chooses its engine; the engine only executes");
}
