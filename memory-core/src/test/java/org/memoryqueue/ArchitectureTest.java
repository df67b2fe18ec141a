package org.memoryqueue;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What the compiler cannot check about the shape of this module. */
@AnalyzeClasses(packages = "org.memoryqueue", importOptions = ArchitectureTest.OfThisModule.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule knowsNothingOfHttp = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "jakarta.ws.rs..",
                    "io.vertx.core.http..",
                    "io.vertx.mutiny.core.http..",
                    "io.vertx.ext.web..",
                    "io.vertx.mutiny.ext.web..",
                    "io.quarkus.vertx.http..",
                    "io.quarkus.rest..",
                    "java.net.http..");

    @ArchTest
    static final ArchRule hasNoCyclesBetweenItsPackages =
            slices().matching("org.memoryqueue.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule namesClassesForTheirDuty =
            noClasses().should().haveNameMatching(".*(Util|Utils|Helper|Manager|Impl|Service)(\\$.*)?");

    @ArchTest
    static final ArchRule packagesAreNamedForWhatTheSystemDoes = noClasses()
            .should()
            .resideInAnyPackage("..service..", "..impl..", "..util..", "..common..", "..manager..", "..helper..");

    @ArchTest
    static final ArchRule injectsByConstructor = noFields()
            .should()
            .beAnnotatedWith("jakarta.inject.Inject")
            .orShould()
            .beAnnotatedWith("org.eclipse.microprofile.config.inject.ConfigProperty");

    /** The classes of this module, and not those of the modules it is tested with. */
    static final class OfThisModule implements ImportOption {

        @Override
        public boolean includes(Location location) {
            return location.contains("/memory-core/target/classes/");
        }
    }
}
