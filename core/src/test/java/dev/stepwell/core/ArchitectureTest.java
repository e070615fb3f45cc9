package dev.stepwell.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.stepwell.core", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule packages_depend_on_each_other_in_one_direction =
            slices().matching("dev.stepwell.core.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule core_knows_no_native_code_and_no_web = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.bytedeco..", "com.sun.net.httpserver..", "java.net.http..", "io.helidon..");

    @ArchTest
    static final ArchRule core_leaves_standard_streams_to_the_command_line = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
}
