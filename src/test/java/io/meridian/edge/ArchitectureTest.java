package io.meridian.edge;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who may know whom. The rules are those of CONTRIBUTING.md. */
class ArchitectureTest {
    private static final String ROOT = "io.meridian.edge";
    private static final String CORE = ROOT + ".core";
    private static final String MODEL = CORE + ".model..";
    private static final List<String> STAGES = List.of(
            "consent",
            "residency",
            "profile",
            "eligibility",
            "frequency",
            "experiment",
            "scoring",
            "arbitration",
            "log",
            "release",
            "calendar");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    @Test
    void coreIsPlainJava() {
        classes()
                .that()
                .resideInAPackage(CORE + "..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(CORE + "..", "java..", "org.jspecify..")
                .because("decisions are computed without a framework, JSON or the network")
                .check(CLASSES);
    }

    @Test
    void modelKnowsNothingOfOurs() {
        noClasses()
                .that()
                .resideInAPackage(MODEL)
                .should()
                .dependOnClassesThat(resideInAPackage(ROOT + "..")
                        .and(com.tngtech.archunit.base.DescribedPredicate.not(resideInAPackage(MODEL))))
                .check(CLASSES);
    }

    @Test
    void stagesKnowTheModelAndNotEachOther() {
        for (String stage : STAGES) {
            List<String> allowed =
                    new ArrayList<>(List.of(CORE + "." + stage + "..", MODEL, "java..", "org.jspecify.."));
            if (stage.equals("eligibility")) {
                allowed.add(CORE + ".profile..");
                allowed.add(CORE + ".frequency..");
            }
            classes()
                    .that()
                    .resideInAPackage(CORE + "." + stage + "..")
                    .should()
                    .onlyDependOnClassesThat(resideInAnyPackage(allowed.toArray(String[]::new)))
                    .because("stages are composed by the bundle and the pipeline, not by each other")
                    .allowEmptyShould(true)
                    .check(CLASSES);
        }
    }

    /** The bundle is built from the stages; what walks it is the pipeline's, in {@code core} itself. */
    @Test
    void bundleComposesStagesAndKnowsNoPipeline() {
        noClasses()
                .that()
                .resideInAPackage(CORE + ".bundle..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(CORE)
                .check(CLASSES);
    }

    /** The compiler calls the checks; they know what it hands over and nothing of how it came about. */
    @Test
    void checksKnowDefinitionsAndNotTheCompiler() {
        noClasses()
                .that()
                .resideInAPackage(CORE + ".bundle.checks..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(CORE + ".bundle")
                .check(CLASSES);
    }

    @Test
    void packagesOfCoreHaveNoCycles() {
        slices().matching(CORE + ".(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void everyPackageOfCoreIsNamedHere() {
        List<String> packages = new ArrayList<>(List.of(CORE, MODEL, CORE + ".bundle.."));
        STAGES.forEach(stage -> packages.add(CORE + "." + stage + ".."));
        classes()
                .that()
                .resideInAPackage(CORE + "..")
                .should()
                .resideInAnyPackage(packages.toArray(String[]::new))
                .because("a new stage comes with its rule")
                .check(CLASSES);
    }

    @Test
    void adaptersKnowCoreAndNotEachOther() {
        slices().matching(ROOT + ".adapter.(*)..")
                .should()
                .notDependOnEachOther()
                .check(CLASSES);
    }

    @Test
    void onlyAppAndCommandLineSeeEverything() {
        noClasses()
                .that()
                .resideInAnyPackage(CORE + "..", ROOT + ".adapter..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOT + ".app..", ROOT + ".cli..")
                .check(CLASSES);
    }

    /** What stands in static fields is put into a native binary as it is when that is built; buffers cannot be. */
    @Test
    void noBufferIsHeldInAStaticField() {
        noFields()
                .that()
                .areStatic()
                .should()
                .haveRawType(assignableTo("io.netty.buffer.ByteBuf"))
                .orShould()
                .haveRawType(assignableTo("io.vertx.core.buffer.Buffer"))
                .check(CLASSES);
    }

    @Test
    void thereIsNothingBesideTheHouse() {
        classes()
                .should()
                .resideInAnyPackage(CORE + "..", ROOT + ".adapter..", ROOT + ".app..", ROOT + ".cli..")
                .check(CLASSES);
    }
}
