package org.tallykeep.envelope;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaModifier.FINAL;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.security.Key;
import java.util.Set;
import java.util.stream.Collectors;
import javax.crypto.spec.SecretKeySpec;

@AnalyzeClasses(
    packages = "org.tallykeep.envelope",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule plainJdkOnly =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "org.tallykeep.envelope", "java..", "javax.crypto..", "org.jspecify..");

  @ArchTest
  static final ArchRule keyBytesAreReadByProvidersOnly =
      noClasses()
          .should()
          .callMethodWhere(
              calls(
                  "reading a key",
                  call ->
                      call.getTargetOwner().isAssignableTo(Key.class)
                          && call.getName().equals("getEncoded")));

  @ArchTest
  static final ArchRule keysAreMadeFromBytesInNamedPlacesOnly =
      noClasses()
          .that()
          .doNotBelongToAnyOf(Hkdf.class, AesGcm.class, KeyBytes.class)
          .should()
          .callMethod(KeyBytes.class, "wrapping", byte[].class, String.class);

  @ArchTest
  static final ArchRule derivedBytesLeaveInNamedPlacesOnly =
      noClasses()
          .that()
          .doNotBelongToAnyOf(Hkdf.class, DerivationKey.class, SealingKey.class)
          .should()
          .callMethodWhere(
              calls(
                  "deriving raw bytes",
                  call ->
                      call.getTargetOwner().isEquivalentTo(Hkdf.class)
                          && call.getTarget().getRawReturnType().isEquivalentTo(byte[].class)));

  @ArchTest
  static final ArchRule unwrappedBytesLeaveInOnePlaceOnly =
      noClasses()
          .that()
          .doNotBelongToAnyOf(WrappingKey.class, AesKwp.class)
          .should()
          .dependOnClassesThat()
          .areAssignableTo(AesKwp.class);

  @ArchTest
  static final ArchRule keysCanBeZeroed =
      noClasses().should().dependOnClassesThat().areAssignableTo(SecretKeySpec.class);

  @ArchTest
  static final ArchRule publicClassesAreFinal =
      classes()
          .that()
          .arePublic()
          .and()
          .areNotAssignableFrom(EnvelopeException.class)
          .should()
          .haveModifier(FINAL);

  @ArchTest
  static final ArchRule handlesPrintNothing =
      classes().that().implement(AutoCloseable.class).should(declareToString());

  @ArchTest
  static final ArchRule noKeyTypeIsPublic =
      methods()
          .that()
          .arePublic()
          .and()
          .areDeclaredInClassesThat()
          .arePublic()
          .should()
          .notHaveRawReturnType(describe("a key", type -> type.isAssignableTo(Key.class)));

  /** Whoever adds a method that returns bytes has to name it here. */
  @ArchTest
  static void bytesLeaveByTheseMethodsOnly(JavaClasses all) {
    Set<String> methods =
        all.stream()
            .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
            .flatMap(type -> type.getMethods().stream())
            .filter(method -> method.getModifiers().contains(JavaModifier.PUBLIC))
            .filter(method -> method.getRawReturnType().isEquivalentTo(byte[].class))
            .map(ArchitectureTest::shortName)
            .collect(Collectors.toSet());

    assertThat(methods)
        .containsExactlyInAnyOrder(
            "SealingKey.seal",
            "SealingKey.open",
            "BlindIndexKey.tag",
            "MacKey.mac",
            "DerivationKey.derive",
            "WrappingKey.wrap",
            "WrappingKey.unwrap");
  }

  private static ArchCondition<JavaClass> declareToString() {
    return new ArchCondition<>("declare toString") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        boolean declared = type.tryGetMethod("toString").isPresent();
        events.add(new SimpleConditionEvent(type, declared, type.getName() + " toString"));
      }
    };
  }

  private static String shortName(JavaMethod method) {
    return method.getOwner().getSimpleName() + "." + method.getName();
  }

  private static DescribedPredicate<JavaMethodCall> calls(
      String description, java.util.function.Predicate<JavaMethodCall> predicate) {
    return describe(description, predicate);
  }
}
