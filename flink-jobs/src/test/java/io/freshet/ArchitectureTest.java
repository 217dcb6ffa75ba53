// SPDX-License-Identifier: Apache-2.0
package io.freshet;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/** The directions in which the parts of Freshet may know each other. */
@AnalyzeClasses(packages = "io.freshet", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String[] ENGINES = {
    "org.apache.flink..", "org.apache.kafka..", "com.fasterxml.jackson.databind..", "picocli.."
  };

  @ArchTest
  static final ArchRule aLayerKnowsOnlyThoseBelowIt =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("cli")
          .definedBy("io.freshet.cli..")
          .layer("job")
          .definedBy("io.freshet.job..")
          .layer("operator")
          .definedBy("io.freshet.operator..")
          .layer("bench")
          .definedBy("io.freshet.bench..")
          .layer("eval")
          .definedBy("io.freshet.eval..")
          .layer("model")
          .definedBy("io.freshet.model..")
          .layer("kernel")
          .definedBy("io.freshet.kernel..")
          .layer("monitor")
          .definedBy("io.freshet.monitor..")
          .layer("connect")
          .definedBy("io.freshet.connect..")
          .layer("schema")
          .definedBy("io.freshet.schema..")
          .whereLayer("cli")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("job")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("operator")
          .mayOnlyBeAccessedByLayers("job", "cli")
          .whereLayer("bench")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("eval")
          .mayOnlyBeAccessedByLayers("operator", "job", "cli")
          .whereLayer("model")
          .mayOnlyBeAccessedByLayers("eval", "operator", "job", "cli", "bench")
          .whereLayer("kernel")
          .mayOnlyBeAccessedByLayers("model", "eval", "cli", "bench")
          .whereLayer("monitor")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("connect")
          .mayOnlyBeAccessedByLayers("job", "monitor", "cli")
          .whereLayer("schema")
          .mayOnlyBeAccessedByLayers("cli", "job", "operator", "eval", "monitor", "connect");

  @ArchTest
  static final ArchRule theLearningMathsKnowsNoEngine =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.freshet.model..",
              "io.freshet.kernel..",
              "io.freshet.eval..",
              "io.freshet.bench..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ENGINES);

  @ArchTest
  static final ArchRule onlyKernelsKnowNd4j =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.freshet.kernel..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.nd4j..", "org.bytedeco..");

  @ArchTest
  static final ArchRule recordsKnowNothingOfFreshetButThemselves =
      noClasses()
          .that()
          .resideInAPackage("io.freshet.schema..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.freshet.connect..", "org.apache.kafka..");

  @ArchTest
  static final ArchRule operatorsKnowNoKafka =
      noClasses()
          .that()
          .resideInAnyPackage("io.freshet.operator..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.kafka..", "org.apache.flink.connector.kafka..");

  @ArchTest
  static final ArchRule theLivePageKnowsNoFlink =
      noClasses()
          .that()
          .resideInAPackage("io.freshet.monitor..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.flink..", "picocli..");

  @ArchTest
  static final ArchRule onlyTheCommandPrints =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.freshet.cli..")
          .and()
          .haveSimpleNameNotEndingWith("Broker")
          .and()
          .haveSimpleNameNotEndingWith("BrokerMain")
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err");

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("io.freshet.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule uidsAndMetricNamesStandInOnePlaceEach =
      classes()
          .that()
          .haveSimpleNameEndingWith("MetricNames")
          .or()
          .haveSimpleNameEndingWith("Uids")
          .should()
          .haveOnlyPrivateConstructors();

  @ArchTest
  static final ArchRule everyValueOfTheConfigurationIsUsed =
      methods()
          .that()
          .areDeclaredInClassesThat()
          .haveNameMatching("io\\.freshet\\.job\\.JobConfig(\\$.*)?")
          .and()
          .areNotStatic()
          .and()
          .doNotHaveName("equals")
          .and()
          .doNotHaveName("hashCode")
          .and()
          .doNotHaveName("toString")
          .should(beCalledByAnotherClass());

  private static ArchCondition<JavaMethod> beCalledByAnotherClass() {
    return new ArchCondition<>("be called by another class") {
      @Override
      public void check(JavaMethod method, ConditionEvents events) {
        boolean called =
            method.getCallsOfSelf().stream()
                    .anyMatch(call -> !call.getOriginOwner().equals(method.getOwner()))
                || !method.getReferencesToSelf().isEmpty();
        events.add(
            new SimpleConditionEvent(
                method, called, method.getFullName() + " is an option that nothing reads"));
      }
    };
  }
}
