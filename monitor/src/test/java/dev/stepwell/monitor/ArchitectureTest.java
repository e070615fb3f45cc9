package dev.stepwell.monitor;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.stepwell.monitor", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule a_monitor_reads_snapshots_and_touches_neither_queue_nor_trainer = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.bytedeco..", "dev.stepwell.core.queue..", "dev.stepwell.core.training..");

    @ArchTest
    static final ArchRule a_monitor_writes_to_the_terminal_it_was_given = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
}
