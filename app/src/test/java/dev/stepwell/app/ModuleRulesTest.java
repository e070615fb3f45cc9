package dev.stepwell.app;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.stepwell.core.queue.QueueCounts;

/// What one module may know of another. Maven's dependencies keep most of it; these rules keep the rest, and say it in
/// one place.
@AnalyzeClasses(packages = "dev.stepwell", importOptions = ImportOption.DoNotIncludeTests.class)
class ModuleRulesTest {
    @ArchTest
    static final ArchRule native_code_is_called_only_in_torch = noClasses()
            .that()
            .resideOutsideOfPackage("dev.stepwell.torch..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.bytedeco..");

    @ArchTest
    static final ArchRule core_knows_no_other_module = noClasses()
            .that()
            .resideInAPackage("dev.stepwell.core..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.stepwell.data..", "dev.stepwell.torch..", "dev.stepwell.monitor..", "dev.stepwell.app..");

    @ArchTest
    static final ArchRule data_knows_only_core = noClasses()
            .that()
            .resideInAPackage("dev.stepwell.data..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.stepwell.torch..", "dev.stepwell.monitor..", "dev.stepwell.app..");

    @ArchTest
    static final ArchRule the_template_interpreter_knows_nothing_but_java = noClasses()
            .that()
            .resideInAPackage("dev.stepwell.data.jinja..")
            .should()
            .dependOnClassesThat(not(resideInAnyPackage("dev.stepwell.data.jinja..", "java..", "org.jspecify..")))
            .orShould()
            .dependOnClassesThat()
            .resideInAPackage("java.lang.reflect..");

    @ArchTest
    static final ArchRule torch_knows_only_core_and_data = noClasses()
            .that()
            .resideInAPackage("dev.stepwell.torch..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.stepwell.monitor..", "dev.stepwell.app..");

    @ArchTest
    static final ArchRule monitor_watches_and_never_touches_queue_daemon_or_trainer = noClasses()
            .that()
            .resideInAPackage("dev.stepwell.monitor..")
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                            "dev.stepwell.core.queue..",
                            "dev.stepwell.core.daemon..",
                            "dev.stepwell.data..",
                            "dev.stepwell.torch..",
                            "dev.stepwell.app..")
                    .and(not(type(QueueCounts.class))));

    @ArchTest
    static final ArchRule the_command_line_and_configuration_load_no_trainer = noClasses()
            .that()
            .resideInAnyPackage("dev.stepwell.app.cli..", "dev.stepwell.app.puzzle..", "dev.stepwell.app.logging..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.stepwell.torch..");
}
