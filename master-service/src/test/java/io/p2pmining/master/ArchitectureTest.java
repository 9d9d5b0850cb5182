package io.p2pmining.master;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The borders between the master's packages. */
@AnalyzeClasses(
    packages = "io.p2pmining.master",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String MASTER = "io.p2pmining.master.";

  @ArchTest
  static final ArchRule workKnowsNoTransport =
      noClasses()
          .that()
          .resideInAnyPackage(
              MASTER + "job..",
              MASTER + "work..",
              MASTER + "share..",
              MASTER + "verify..",
              MASTER + "dispatch..",
              MASTER + "peer..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.netty..",
              "com.google.protobuf..",
              "io.p2pmining.common.wire..",
              "io.p2pmining.common.connection..",
              "io.p2pmining.common.frame..",
              "org.springframework.web..",
              "jakarta.servlet..",
              MASTER + "session..",
              MASTER + "api..",
              MASTER + "dashboard..")
          .because("work must be the same whatever carries it and whoever looks at it");

  @ArchTest
  static final ArchRule onlySessionsSpeakTheProtocol =
      noClasses()
          .that()
          .resideOutsideOfPackage(MASTER + "session..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.netty..",
              "com.google.protobuf..",
              "io.p2pmining.common.wire..",
              "io.p2pmining.common.connection..",
              "io.p2pmining.common.frame..")
          .because("a change of the protocol must end at the sessions");

  @ArchTest
  static final ArchRule onlyTheApiAndTheDashboardSpeakHttp =
      noClasses()
          .that()
          .resideOutsideOfPackages(MASTER + "api..", MASTER + "dashboard..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.springframework.web..", "jakarta.servlet..")
          .because("what the API shows must not decide how the rest is built");

  @ArchTest
  static final ArchRule whatSpeaksHttpDoesNotTouchSessions =
      noClasses()
          .that()
          .resideInAnyPackage(MASTER + "api..", MASTER + "dashboard..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(MASTER + "session..", MASTER + "dispatch..", MASTER + "source..")
          .because("the API reads the state of the cluster and never acts on a connection");

  @ArchTest
  static final ArchRule onlyTheDashboardMakesPages =
      noClasses()
          .that()
          .resideOutsideOfPackage(MASTER + "dashboard..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.thymeleaf..", MASTER + "dashboard..")
          .because("nothing may depend on how the cluster looks");

  @ArchTest
  static final ArchRule dashboardChangesNothing =
      noClasses()
          .that()
          .resideInAPackage(MASTER + "dashboard..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(MASTER + "api..", MASTER + "posting..")
          .because("its page acts through the REST API like everybody else");

  @ArchTest
  static final ArchRule sourcesAreKnownThroughTheirInterface =
      noClasses()
          .that()
          .resideOutsideOfPackage(MASTER + "source..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(MASTER + "source..")
          .because("another source must not change anything but its own package");

  @ArchTest
  static final ArchRule sourcesKnowJobsOnly =
      noClasses()
          .that()
          .resideInAPackage(MASTER + "source..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              MASTER + "work..",
              MASTER + "share..",
              MASTER + "verify..",
              MASTER + "dispatch..",
              MASTER + "peer..",
              MASTER + "session..",
              MASTER + "api..")
          .because("a source makes jobs and takes blocks; who does the work is not its business");

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices()
          .matching(MASTER + "(*)..")
          .should()
          .beFreeOfCycles()
          .because("a package must be understood without the ones that use it");

  @ArchTest
  static final ArchRule settingsAreRecords =
      classes()
          .that()
          .haveSimpleNameEndingWith("Settings")
          .should()
          .beRecords()
          .because("settings are replaced as a whole or not at all");
}
