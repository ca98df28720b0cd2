package org.tallykeep.analytics;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

@AnalyzeClasses(
    packages = "org.tallykeep.analytics",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule FEATURES_DO_NOT_DEPEND_ON_EACH_OTHER_IN_A_CIRCLE =
      slices().matching("org.tallykeep.analytics.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule ONLY_HISTORIES_TOUCH_KEYS_AND_SEALED_RECORDS =
      noClasses()
          .that()
          .resideOutsideOfPackage("..analytics.histories..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.tallykeep.envelope..", "org.tallykeep.keyvault..", "org.tallykeep.aggregates..");

  @ArchTest
  static final ArchRule KEYS_ARE_NEVER_MADE_FROM_BYTES =
      noClasses()
          .should()
          .callMethodWhere(
              describe("a key is made from bytes", call -> call.getName().startsWith("takeOwn")));

  @ArchTest
  static final ArchRule PREDICTIONS_AND_BACKTESTS_KNOW_NO_DATABASE =
      noClasses()
          .that()
          .resideInAnyPackage("..prediction..", "..backtest..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.sql..", "javax.sql..");

  @ArchTest
  static final ArchRule ENDPOINTS_ARE_NOT_PART_OF_ANY_PACKAGES_FACE =
      classes().that().areAnnotatedWith(Path.class).should().notBePublic();

  /** The framework leaves other methods out, with no more than a warning. */
  @ArchTest
  static final ArchRule OPERATIONS_ARE_PUBLIC =
      methods()
          .that()
          .areAnnotatedWith(GET.class)
          .or()
          .areAnnotatedWith(POST.class)
          .and()
          .areDeclaredInClassesThat()
          .areNotInterfaces()
          .should()
          .bePublic();

  @ArchTest
  static final ArchRule NOTHING_WRITES_TO_THE_CONSOLE =
      GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
}
