package io.p2pmining.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.p2pmining.cli", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule startsServicesAsProcessesOnly =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.p2pmining.master..", "io.p2pmining.worker..")
          .because("the services are processes of their own that share no code with the command");

  @ArchTest
  static final ArchRule needsNoFramework =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.springframework..", "io.netty..")
          .because("the command starts in a fraction of a second");

  @ArchTest
  static final ArchRule usesTheAlgorithmsThroughTheirInterfaceOnly =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.p2pmining.core.randomx..", "io.p2pmining.core.sha256d..")
          .because("an algorithm that a provider adds works in every command without a change");
}
