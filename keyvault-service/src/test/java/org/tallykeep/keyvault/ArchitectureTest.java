package org.tallykeep.keyvault;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.tallykeep.keyvault.root.RootKey;
import org.tallykeep.keyvault.root.SigningKey;

@AnalyzeClasses(
    packages = "org.tallykeep.keyvault",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule onlyTheRootKnowsVault =
      noClasses()
          .that()
          .resideOutsideOfPackage("..keyvault.root..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.quarkus.vault..");

  @ArchTest
  static final ArchRule onlyBranchesUseTheRootKey =
      noClasses()
          .that()
          .resideOutsideOfPackages("..keyvault.root..", "..keyvault.branch..")
          .should()
          .dependOnClassesThat()
          .areAssignableTo(RootKey.class);

  @ArchTest
  static final ArchRule onlyStatementsAreSigned =
      noClasses()
          .that()
          .resideOutsideOfPackages("..keyvault.root..", "..keyvault.signing..")
          .should()
          .dependOnClassesThat()
          .areAssignableTo(SigningKey.class);

  @ArchTest
  static final ArchRule onlyTheOwnersOfKeysUseBranches =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "..keyvault.branch..",
              "..keyvault.person..",
              "..keyvault.dataset..",
              "..keyvault.rotation..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("..keyvault.branch..");

  @ArchTest
  static final ArchRule rotationSteersBranchesWithoutTheirKeys =
      noClasses()
          .that()
          .resideInAPackage("..keyvault.rotation..")
          .should()
          .dependOnClassesThat()
          .haveSimpleName("BranchRing")
          .orShould()
          .dependOnClassesThat()
          .haveSimpleName("WrappingKey");

  @ArchTest
  static final ArchRule httpStaysInDeliveryAndInTheResourcesOfFeatures =
      noClasses()
          .that()
          .resideOutsideOfPackage("..keyvault.delivery..")
          .and()
          .haveNameNotMatching(".*Resource(\\$.*)?")
          .and()
          .haveSimpleNameNotEndingWith("EventStream")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("jakarta.ws.rs..", "org.jboss.resteasy..");

  @ArchTest
  static final ArchRule resourcesTouchNoDatabase =
      noClasses()
          .that()
          .haveSimpleNameEndingWith("Resource")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.sql..", "javax.sql..");

  @ArchTest
  static final ArchRule httpTouchesNoDatabase =
      noClasses()
          .that()
          .resideInAPackage("..keyvault.delivery..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.sql..", "javax.sql..");

  @ArchTest
  static final ArchRule featuresDoNotGoInCircles =
      slices().matching("org.tallykeep.keyvault.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule repositoriesAreKnownInTheirPackageOnly =
      classes().that().haveSimpleNameEndingWith("Repository").should().bePackagePrivate();

  @ArchTest
  static final ArchRule nothingIsInjectedIntoFields =
      com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields()
          .should()
          .beAnnotatedWith(jakarta.inject.Inject.class);
}
