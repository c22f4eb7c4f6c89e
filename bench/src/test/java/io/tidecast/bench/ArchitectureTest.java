package io.tidecast.bench;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/**
 * The arrows between modules, as docs/architecture.md draws them. Think hard before you loosen one.
 */
@AnalyzeClasses(packages = "io.tidecast", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule the_engine_knows_nothing_of_kafka_or_avro_or_the_other_modules =
      noClasses()
          .that()
          .resideInAPackage("io.tidecast.engine..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.kafka..",
              "org.apache.avro..",
              "io.confluent..",
              "io.tidecast.app..",
              "io.tidecast.schemas..",
              "io.tidecast.platform..",
              "io.tidecast.bench..");

  @ArchTest
  static final ArchRule schemas_know_nothing_of_the_engine_or_the_application =
      noClasses()
          .that()
          .resideInAPackage("io.tidecast.schemas..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.tidecast.engine..",
              "io.tidecast.app..",
              "io.tidecast.platform..",
              "io.tidecast.bench..");

  @ArchTest
  static final ArchRule the_local_platform_stands_alone =
      noClasses()
          .that()
          .resideInAPackage("io.tidecast.platform..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.tidecast.engine..",
              "io.tidecast.app..",
              "io.tidecast.schemas..",
              "io.tidecast.bench..");

  @ArchTest
  static final ArchRule nothing_depends_on_bench =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.tidecast.bench..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.tidecast.bench..");

  @ArchTest
  static final ArchRule the_stream_knows_nothing_of_the_command_line =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.tidecast.app.stream..", "io.tidecast.app.service..", "io.tidecast.app.feed..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.tidecast.app.cli..");

  @ArchTest
  static final ArchRule packages_of_the_application_form_no_cycle =
      slices().matching("io.tidecast.app.(*)..").should().beFreeOfCycles();
}
