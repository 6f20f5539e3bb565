package dev.understudy.cli;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.elements.ClassesShouldConjunction;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The rules of the house: which room may know which, what pure rooms may not touch, who may use which library.
final class HouseRulesTest {
    private static final String[] PURE = {
        "dev.understudy.scenario",
        "dev.understudy.promql..",
        "dev.understudy.analysis..",
        "dev.understudy.rollback..",
        "dev.understudy.report..",
        "dev.understudy.mirror.mapping.."
    };

    @org.jspecify.annotations.Nullable
    private static JavaClasses product;

    @BeforeAll
    static void read() {
        product = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("dev.understudy");
    }

    /// A module is a room: `runtime.process` is another one than `runtime`.
    private static final SliceAssignment ROOMS = new SliceAssignment() {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            String[] parts = type.getPackageName().split("\\.");
            if (parts.length < 3 || !type.getPackageName().startsWith("dev.understudy")) {
                return SliceIdentifier.ignore();
            }
            return parts[2].equals("runtime") && parts.length > 3
                    ? SliceIdentifier.of("runtime", parts[3])
                    : SliceIdentifier.of(parts[2]);
        }

        @Override
        public String getDescription() {
            return "rooms";
        }
    };

    @Test
    void roomsHaveNoCycles() {
        check(slices().assignedFrom(ROOMS).should().beFreeOfCycles());
    }

    @Test
    void dataGoesOneWay() {
        noDependency(
                "dev.understudy.scenario..",
                "dev.understudy.journal..",
                "dev.understudy.runtime..",
                "dev.understudy.engine..");
        noDependency(
                "dev.understudy.journal..",
                "dev.understudy.scenario..",
                "dev.understudy.runtime..",
                "dev.understudy.engine..");
        noDependency(
                "dev.understudy.analysis..",
                "dev.understudy.engine..",
                "dev.understudy.report..",
                "dev.understudy.cli..");
        noDependency(
                "dev.understudy.report..",
                "dev.understudy.engine..",
                "dev.understudy.journal..",
                "dev.understudy.cli..");
        noDependency(
                "dev.understudy.engine..",
                "dev.understudy.runtime.process..",
                "dev.understudy.links..",
                "dev.understudy.store..",
                "dev.understudy.report..");
    }

    @Test
    void pureRoomsTouchNothing() {
        check(noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.lang.ProcessBuilder"));
        check(noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .dependOnClassesThat(
                        resideInAPackage("java.net..").and(DescribedPredicate.not(type(java.net.URLDecoder.class)))));
        check(noClasses().that().resideInAnyPackage(PURE).should().callMethod(java.time.Instant.class, "now"));
        check(noClasses().that().resideInAnyPackage(PURE).should().callMethod(System.class, "nanoTime"));
        check(noClasses().that().resideInAnyPackage(PURE).should().callMethod(System.class, "currentTimeMillis"));
        check(noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .dependOnClassesThat()
                .areAssignableTo(Thread.class));
    }

    @Test
    void engineAndSimulatorWaitOnTheTimelineOnly() {
        String[] waiting = {"dev.understudy.engine..", "dev.understudy.deviation.."};
        check(noClasses().that().resideInAnyPackage(waiting).should().callMethod(Thread.class, "sleep", long.class));
        check(noClasses()
                .that()
                .resideInAnyPackage(waiting)
                .should()
                .callMethod(Thread.class, "sleep", Duration.class));
        check(noClasses()
                .that()
                .resideInAnyPackage(waiting)
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ExecutorService.class));
        check(noClasses()
                .that()
                .resideInAnyPackage(waiting)
                .should()
                .dependOnClassesThat()
                .areAssignableTo(Executors.class));
        check(noClasses()
                .that()
                .resideInAnyPackage(waiting)
                .should()
                .dependOnClassesThat()
                .areAssignableTo(CompletableFuture.class));
        check(noClasses()
                .that()
                .resideInAnyPackage(waiting)
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.concurrent.locks.LockSupport"));
        check(noClasses()
                .that()
                .resideInAnyPackage(waiting)
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.concurrent.TimeUnit"));
        check(noClasses().that().resideInAnyPackage(waiting).should().callMethod(System.class, "nanoTime"));
    }

    @Test
    void librariesStayBehindTheirFences() {
        fence("io.vertx..", "dev.understudy.mirror..");
        fence("org.snakeyaml..", "dev.understudy.scenario..");
        fence("tools.jackson.dataformat..", "dev.understudy.scenario..");
        fence("org.HdrHistogram..", "dev.understudy.journal..");
        fence("org.postgresql..", "dev.understudy.store..");
        fence("org.apache.commons..", "dev.understudy.store..", "dev.understudy.analysis..");
        fence("com.google.re2j..", "dev.understudy.promql..");
        fence("gg.jte..", "dev.understudy.report..", "gg.jte..");
        fence("picocli..", "dev.understudy.cli..");
        fence("com.github.dockerjava..", "dev.understudy.runtime.docker.engine..");
    }

    @Test
    void everyPackageSaysWhatMayBeNull() {
        check(classes()
                .that()
                .resideInAPackage("dev.understudy..")
                .and()
                .haveSimpleName("package-info")
                .should()
                .beAnnotatedWith(NullMarked.class));
    }

    @Test
    void namesSayWhatThingsAre() {
        for (String empty : new String[] {"Util", "Utils", "Helper", "Manager", "Base", "Impl"}) {
            check(noClasses()
                    .that()
                    .resideInAPackage("dev.understudy..")
                    .should()
                    .haveSimpleNameEndingWith(empty));
        }
    }

    private static void noDependency(String from, String... onto) {
        check(noClasses()
                .that()
                .resideInAPackage(from)
                .and()
                .resideOutsideOfPackages("dev.understudy.runtime.process..", "dev.understudy.runtime.docker..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(onto));
    }

    private static void fence(String library, String... rooms) {
        ClassesShouldConjunction rule = noClasses()
                .that()
                .resideInAPackage("dev.understudy..")
                .and()
                .resideOutsideOfPackages(rooms)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library);
        check(rule.allowEmptyShould(true));
    }

    private static void check(ArchRule rule) {
        rule.check(java.util.Objects.requireNonNull(product));
    }
}
