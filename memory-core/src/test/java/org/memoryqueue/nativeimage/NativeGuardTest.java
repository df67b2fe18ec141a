package org.memoryqueue.nativeimage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.memoryqueue.job.JobState;
import org.memoryqueue.testing.nativeimage.CompiledClasses;
import org.memoryqueue.testing.nativeimage.NativeGuard;

class NativeGuardTest {

    private static final Class<?> ANONYMOUS = anonymous();

    @Test
    void findsReflection() {
        assertThat(in(Planted.FindsByName.class))
                .anySatisfy(finding -> assertThat(finding).contains("FindsByName.make", "java.lang.Class.forName"))
                .anySatisfy(finding -> assertThat(finding).contains("FindsByName.make", "getDeclaredConstructor"))
                .anySatisfy(finding -> assertThat(finding).contains("FindsByName.proxy", "newProxyInstance"))
                .anySatisfy(finding -> assertThat(finding).contains("FindsByName.services", "ServiceLoader.load"));
        assertThat(in(Planted.UpdatesByName.class)).singleElement().asString().contains("FieldUpdater.newUpdater");
        assertThat(in(Planted.HandlesOfMembers.class))
                .singleElement()
                .asString()
                .contains("Lookup.unreflect");
    }

    @Test
    void findsWhatWouldBeDecidedWhenTheExecutableIsBuilt() {
        assertThat(in(Planted.Lottery.class)).singleElement().asString().contains("Lottery", "java.util.Random");
        assertThat(in(Planted.Clock.class)).singleElement().asString().contains("Clock", "java.time.Instant.now");
        assertThat(in(Planted.Indirect.class)).singleElement().asString().contains("Indirect", "UUID.randomUUID");
        assertThat(in(Planted.Pool.class)).singleElement().asString().contains("Pool", "ThreadPoolExecutor");
        assertThat(in(Planted.Common.class))
                .singleElement()
                .asString()
                .contains("Common", "CompletableFuture.runAsync");
        assertThat(in(Planted.OpenFile.class)).singleElement().asString().contains("OpenFile", "FileChannel.open");
        assertThat(in(Planted.OpenConnection.class))
                .singleElement()
                .asString()
                .contains("OpenConnection", "URL.openConnection");
        assertThat(in(Planted.OfThisMachine.class))
                .anySatisfy(finding -> assertThat(finding).contains("Charset.defaultCharset"))
                .anySatisfy(finding -> assertThat(finding).contains("TimeZone.getDefault"));
        assertThat(in(Planted.Harmless.class)).isEmpty();
    }

    @Test
    void findsTypesThatJacksonCannotSeeInto() {
        List<String> findings = in(
                Planted.WritesJson.class,
                ANONYMOUS,
                Planted.Unregistered.class,
                Planted.Inner.class,
                Planted.Registered.class,
                Planted.Read.class,
                Planted.ReadInList.class,
                Planted.ByHelper.class,
                Planted.ByFunction.class);

        assertThat(findings)
                .allSatisfy(finding -> assertThat(finding).contains("not registered"))
                .extracting(finding -> finding.replaceAll(".*\\$(\\w+) is .*", "$1"))
                .containsExactlyInAnyOrder("Unregistered", "Inner", "Read", "ReadInList", "ByHelper", "ByFunction");
    }

    @Test
    void saysSoWhenItCannotTellWhatIsWritten() {
        assertThat(in(Planted.Obscure.class)).singleElement().asString().contains("Obscure.write");
    }

    @Test
    void findsFilesThatWouldBeMissing() {
        assertThat(NativeGuard.findings(
                        CompiledClasses.of(Planted.Harmless.class).with("planted/words.txt")))
                .singleElement()
                .asString()
                .contains("planted/words.txt");
    }

    @Test
    void findsLoadsOfFilesThatWouldBeMissing() {
        assertThat(NativeGuard.findings(
                        CompiledClasses.of(Planted.LoadsFromAFolder.class).with("planted/words.txt")))
                .anySatisfy(finding -> assertThat(finding).contains("planted/words.txt is not included"))
                .anySatisfy(finding -> assertThat(finding).contains("LoadsFromAFolder.open loads planted/*.txt"))
                .hasSize(2);
        assertThat(in(Planted.LoadsBesideItself.class))
                .singleElement()
                .asString()
                .contains("LoadsBesideItself.words loads org/memoryqueue/nativeimage/words.txt");
        assertThat(in(Planted.LoadsFromADependency.class))
                .singleElement()
                .asString()
                .contains("LoadsFromADependency.plurals loads org/junit/jupiter/engine/plurals.txt");
    }

    @Test
    void letsCodeLoadFilesThatAreIncluded() {
        assertThat(NativeGuard.findings(CompiledClasses.of(
                                Planted.LoadsFromAFolder.class, Planted.LoadsBesideItself.class)
                        .with("planted/words.txt")
                        .with("org/memoryqueue/nativeimage/words.txt")
                        .with("application.properties", "quarkus.native.resources.includes=planted/**,**/words.txt")))
                .isEmpty();
    }

    @Test
    void saysSoWhenItCannotTellWhatIsLoaded() {
        assertThat(in(Planted.LoadsAnything.class))
                .anySatisfy(finding -> assertThat(finding).contains("LoadsAnything.open loads"))
                .anySatisfy(finding -> assertThat(finding).contains("LoadsAnything.all loads"))
                .hasSize(2);
    }

    @Test
    void findsServicesThatNobodyRegisters() {
        assertThat(NativeGuard.findings(
                        CompiledClasses.of(Planted.Harmless.class).with("META-INF/services/java.lang.Runnable")))
                .singleElement()
                .asString()
                .contains("META-INF/services/java.lang.Runnable");
    }

    @Test
    void findsNothingInThisModule() {
        assertThat(NativeGuard.findings(CompiledClasses.ofModulesOf(JobState.class)))
                .isEmpty();
    }

    private static List<String> in(Class<?>... classes) {
        return NativeGuard.findings(CompiledClasses.of(classes));
    }

    /** The type reference that the compiler has made a class of. */
    private static Class<?> anonymous() {
        try {
            return Class.forName(Planted.WritesJson.class.getName() + "$1");
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
