package org.memoryqueue.nativeimage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.nio.channels.FileChannel;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.TimeZone;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One example of each thing that breaks a native executable, and of what looks like it and does not. */
final class Planted {

    private Planted() {}

    static final class FindsByName {

        Object make(String name) throws ReflectiveOperationException {
            return Class.forName(name).getDeclaredConstructor().newInstance();
        }

        Object proxy() {
            return Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Runnable.class}, (p, m, a) -> p);
        }

        Iterable<Runnable> services() {
            return ServiceLoader.load(Runnable.class);
        }
    }

    static final class UpdatesByName {

        private volatile int count;

        Object updater() {
            return AtomicIntegerFieldUpdater.newUpdater(UpdatesByName.class, "count");
        }

        int count() {
            return count;
        }
    }

    static final class HandlesOfMembers {

        Object handle(Method method) throws ReflectiveOperationException {
            return MethodHandles.lookup().unreflect(method);
        }
    }

    /** Relative to its package, by a variable. */
    static final class LoadsBesideItself {

        @Nullable
        InputStream words() {
            String name = "words.txt";
            return LoadsBesideItself.class.getResourceAsStream(name);
        }
    }

    /** A name of which the caller knows the end. */
    static final class LoadsFromAFolder {

        private static final String FOLDER = "/planted/";

        @Nullable
        InputStream open(String name) {
            return LoadsFromAFolder.class.getResourceAsStream(FOLDER + name + ".txt");
        }
    }

    /** From a jar of somebody else, by a method that only passes the name on. */
    static final class LoadsFromADependency {

        @Nullable
        URL plurals() {
            return find("org/junit/jupiter/engine/plurals.txt");
        }

        private @Nullable URL find(String name) {
            return getClass().getClassLoader().getResource(name);
        }
    }

    static final class LoadsAnything {

        @Nullable
        InputStream open(List<String> names) {
            return LoadsAnything.class.getResourceAsStream(names.getFirst());
        }

        List<URL> all(List<String> names) {
            return names.stream().map(LoadsAnything.class::getResource).toList();
        }
    }

    static final class Lottery {

        static final Random DICE = new Random();
    }

    static final class Clock {

        static final Instant STARTED = Instant.now();
    }

    static final class Pool {

        static final Executor THREADS = new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new ArrayBlockingQueue<>(1));
    }

    static final class Common {

        static final CompletableFuture<Void> BEGUN = CompletableFuture.runAsync(() -> {});
    }

    static final class OpenFile {

        static final FileChannel FILE = open();

        private static FileChannel open() {
            try {
                return FileChannel.open(Path.of("planted"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    static final class OpenConnection {

        static final URLConnection CONNECTION = open();

        private static URLConnection open() {
            try {
                return URI.create("http://127.0.0.1").toURL().openConnection();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    static final class OfThisMachine {

        static final Charset CHARSET = Charset.defaultCharset();
        static final TimeZone ZONE = TimeZone.getDefault();
    }

    /** Two calls away, and in a lambda. */
    static final class Indirect {

        static final List<String> IDS = ids();

        private static List<String> ids() {
            return List.of(1, 2).stream().map(number -> id()).toList();
        }

        private static String id() {
            return UUID.randomUUID().toString();
        }
    }

    static final class Harmless {

        static final Duration LIMIT = Duration.ofSeconds(1);
        static final CompletableFuture<Duration> KNOWN = CompletableFuture.completedFuture(LIMIT);
        static final Date EPOCH = new Date(0);

        private final Instant made = Instant.now();

        Instant made() {
            return made;
        }
    }

    record Unregistered(String text, Inner inner) {}

    record Inner(int number) {}

    @RegisterForReflection
    record Registered(String text) {}

    record Read(String text) {}

    record ReadInList(String text) {}

    record ByHelper(String text) {}

    record ByFunction(String text) {}

    record Row(ByFunction value) {}

    static final class WritesJson {

        private final ObjectMapper json = new ObjectMapper();

        String write(Unregistered value) throws JsonProcessingException {
            return json.writeValueAsString(value);
        }

        String write(Registered value) throws JsonProcessingException {
            return json.writeValueAsString(value);
        }

        Read read(String text) throws JsonProcessingException {
            return json.readValue(text, Read.class);
        }

        List<ReadInList> readAll(String text) throws JsonProcessingException {
            return json.readValue(text, new TypeReference<>() {});
        }

        String helped(List<ByHelper> values) {
            return any(values);
        }

        List<String> column(List<Row> rows) {
            return each(rows, Row::value);
        }

        private <T> List<String> each(List<T> rows, Function<T, Object> value) {
            return rows.stream().map(row -> any(value.apply(row))).toList();
        }

        private String any(Object value) {
            try {
                return json.writeValueAsString(value);
            } catch (JsonProcessingException e) {
                throw new IllegalArgumentException(e);
            }
        }
    }

    static final class Obscure {

        private final ObjectMapper json = new ObjectMapper();

        String write(Map<String, Object> values) throws JsonProcessingException {
            return json.writeValueAsString(values.get("value"));
        }
    }
}
