package org.memoryqueue.testing.nativeimage;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/** What the compiler has made of some modules: their classes, and the files beside them. */
public final class CompiledClasses {

    private final Map<String, ClassNode> classes = new TreeMap<>();
    private final Map<String, byte[]> resources = new TreeMap<>();

    private CompiledClasses() {}

    /** All that is in the directories or jars which hold these classes. */
    public static CompiledClasses ofModulesOf(Class<?>... members) {
        CompiledClasses all = new CompiledClasses();
        for (Class<?> member : members) {
            all.addAll(location(member));
        }
        return all;
    }

    /** These classes alone. */
    public static CompiledClasses of(Class<?>... chosen) {
        CompiledClasses all = new CompiledClasses();
        for (Class<?> each : chosen) {
            String file = "/" + each.getName().replace('.', '/') + ".class";
            try (InputStream in = each.getResourceAsStream(file)) {
                if (in == null) {
                    throw new IllegalStateException("Missing " + file);
                }
                all.add(file.substring(1), in.readAllBytes());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return all;
    }

    /** The same, and a file beside them. */
    public CompiledClasses with(String resource) {
        return with(resource, "");
    }

    /** The same, and a file beside them that says something. */
    public CompiledClasses with(String resource, String content) {
        resources.put(resource, content.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    private static Path location(Class<?> member) {
        try {
            return Path.of(
                    member.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private void addAll(Path location) {
        try {
            if (Files.isDirectory(location)) {
                visit(location, this::add);
            } else {
                try (FileSystem jar = FileSystems.newFileSystem(location)) {
                    visit(jar.getPath("/"), this::add);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void visit(Path root, BiConsumer<String, byte[]> visitor) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                visitor.accept(root.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
            }
        }
    }

    private void add(String name, byte[] content) {
        if (!name.endsWith(".class")) {
            resources.put(name, content);
        } else if (!name.endsWith("-info.class")) {
            ClassNode node = new ClassNode();
            new ClassReader(content).accept(node, ClassReader.SKIP_FRAMES);
            classes.put(node.name, node);
        }
    }

    Collection<ClassNode> all() {
        return classes.values();
    }

    Map<String, byte[]> resources() {
        return resources;
    }

    boolean has(String internalName) {
        return classes.containsKey(internalName);
    }

    @Nullable
    ClassNode find(String internalName) {
        return classes.get(internalName);
    }

    /** A method of ours, also one that the named class inherits from another of ours. */
    Optional<Member> method(String owner, String name, String descriptor) {
        for (ClassNode type = classes.get(owner); type != null; type = classes.get(type.superName)) {
            for (MethodNode method : type.methods) {
                if (method.name.equals(name) && method.desc.equals(descriptor)) {
                    return Optional.of(new Member(type, method));
                }
            }
        }
        return Optional.empty();
    }

    /** All methods, each with its class. */
    Stream<Member> methods() {
        return classes.values().stream().flatMap(type -> type.methods.stream().map(method -> new Member(type, method)));
    }

    /** Those that extend or implement each class of ours. */
    Map<String, Collection<String>> subtypes() {
        Map<String, Collection<String>> subtypes = new HashMap<>();
        for (ClassNode type : classes.values()) {
            Stream.concat(Stream.ofNullable(type.superName), type.interfaces.stream())
                    .filter(classes::containsKey)
                    .forEach(parent -> subtypes.computeIfAbsent(parent, any -> new TreeSet<>())
                            .add(type.name));
        }
        return subtypes;
    }

    /** A method and its class. */
    record Member(ClassNode type, MethodNode method) {

        boolean isStatic() {
            return (method.access & Opcodes.ACC_STATIC) != 0;
        }

        @Override
        public String toString() {
            return type.name.replace('/', '.') + "." + method.name;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Member member && member.method == method;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(method);
        }
    }
}
