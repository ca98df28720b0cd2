package org.tallykeep.customer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

@AnalyzeClasses(
    packages = "org.tallykeep.customer",
    importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

  @ArchTest
  static final ArchRule featuresDoNotDependOnEachOtherInACircle =
      slices().matching("org.tallykeep.customer.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule thePlatformKnowsNothingOfTheDomain =
      noClasses()
          .that()
          .resideInAPackage("..customer.platform..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "..customer.profile..",
              "..customer.purchaser..",
              "..customer.ledger..",
              "..customer.aggregate..",
              "..customer.imports..",
              "..customer.jobs..",
              "..customer.consent..",
              "..customer.traits..",
              "..customer.exports..",
              "..customer.maintenance..");

  @ArchTest
  static final ArchRule keysAreUsedThroughTheClientAndMadeFromBytesInOnePlaceOnly =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("org.tallykeep.customer.jobs.JobKey")
          .should()
          .callMethodWhere(
              com.tngtech.archunit.base.DescribedPredicate.describe(
                  "a key is made from bytes",
                  call ->
                      call.getName().startsWith("takeOwnership")
                          && call.getTargetOwner()
                              .getPackageName()
                              .equals("org.tallykeep.envelope")));

  @ArchTest
  static final ArchRule endpointsAreNotPartOfAnyPackagesFace =
      classes().that().areAnnotatedWith(Path.class).should().notBePublic().allowEmptyShould(true);

  /** The framework leaves other methods out, with no more than a warning. */
  @ArchTest
  static final ArchRule operationsArePublic =
      methods()
          .that()
          .areAnnotatedWith(GET.class)
          .or()
          .areAnnotatedWith(POST.class)
          .or()
          .areAnnotatedWith(DELETE.class)
          .and()
          .areDeclaredInClassesThat()
          .areNotInterfaces()
          .should()
          .bePublic();

  @ArchTest
  static final ArchRule nothingWritesToTheConsole =
      com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
}
