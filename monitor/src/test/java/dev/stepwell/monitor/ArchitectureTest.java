package dev.stepwell.monitor;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.stepwell.core.training.Evaluation;

@AnalyzeClasses(packages = "dev.stepwell.monitor", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule a_monitor_reads_snapshots_and_touches_neither_queue_nor_trainer = noClasses()
            .should()
            .dependOnClassesThat(
                    resideInAnyPackage("org.bytedeco..", "dev.stepwell.core.queue..", "dev.stepwell.core.training..")
                            .and(not(belongToAnyOf(Evaluation.class)))); // A value that was measured, as steps are.

    @ArchTest
    static final ArchRule a_monitor_writes_to_the_terminal_it_was_given = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
}
