package org.memoryqueue.testing.nativeimage;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.memoryqueue.testing.nativeimage.CompiledClasses.Member;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Finds what code loads from the class path, by following each name back to the constants of which it is made. A method of
 * ours that passes a parameter on as a name is looked through; a part of a name that is no constant stands for anything.
 */
final class ResourceLoads {

    private static final Set<String> LOADERS = Set.of("java/lang/Class", "java/lang/ClassLoader", "java/lang/Module");
    private static final String METHODS = "getResource(s|AsStream)?|getSystemResource(s|AsStream)?|resources";

    /** Stand for an argument, and a constant that is no text, in the recipe of a concatenation. */
    private static final String VARIABLE_PARTS = "[\\x01\\x02]";

    /** A parameter that names what is loaded, and the class to whose package that is relative, if to any. */
    private record Sink(
            String owner,
            String name,
            String descriptor,
            int argument,
            @Nullable String relativeTo) {

        boolean is(String owner, String name, String descriptor) {
            return this.owner.equals(owner) && this.name.equals(name) && this.descriptor.equals(descriptor);
        }
    }

    /** A name, with the member that has it. */
    record Load(String by, String name) {

        boolean matches(String file) {
            return file.matches(Stream.of(name.split(VARIABLE_PARTS, -1))
                    .map(Pattern::quote)
                    .collect(Collectors.joining(".*")));
        }

        @Override
        public String toString() {
            return by + " loads " + name.replaceAll(VARIABLE_PARTS, "*");
        }
    }

    private final CompiledClasses application;
    private final Origins origins = new Origins();
    private final Set<Sink> ownSinks = new LinkedHashSet<>();
    private final Set<Load> loads = new LinkedHashSet<>();
    private final Set<String> unknown = new LinkedHashSet<>();

    private ResourceLoads(CompiledClasses application) {
        this.application = application;
    }

    /**
     * What is loaded.
     *
     * @param loads by names that are known, at least in parts
     * @param unknown members that load what could not be followed back
     */
    record Found(Set<Load> loads, Set<String> unknown) {}

    static Found in(CompiledClasses application) {
        ResourceLoads found = new ResourceLoads(application);
        int known;
        do {
            known = found.ownSinks.size();
            application.methods().forEach(found::look);
        } while (found.ownSinks.size() > known);
        return new Found(found.loads, found.unknown);
    }

    private void look(Member member) {
        for (int i = 0; i < member.method().instructions.size(); i++) {
            switch (member.method().instructions.get(i)) {
                case MethodInsnNode call -> look(member, i, call);
                case InvokeDynamicInsnNode dynamic -> look(member, i, dynamic);
                default -> {
                    // Calls nothing.
                }
            }
        }
    }

    private void look(Member member, int at, MethodInsnNode call) {
        int last = Type.getArgumentCount(call.desc) - 1;
        if (isLoad(call.owner, call.name)) {
            follow(member, at, last, relativeTo(member, at, last + 1, call));
        }
        for (Sink sink : sinks(call.owner, call.name, call.desc)) {
            follow(member, at, last - sink.argument(), sink.relativeTo());
        }
    }

    /** What a lambda captures are the first parameters of its body; a name that comes later is anybody's. */
    private void look(Member member, int at, InvokeDynamicInsnNode dynamic) {
        int captured = Type.getArgumentCount(dynamic.desc);
        for (Object argument : dynamic.bsmArgs) {
            if (argument instanceof Handle body) {
                if (isLoad(body.getOwner(), body.getName())) {
                    unknown.add(member.toString());
                }
                boolean onInstance =
                        body.getTag() != Opcodes.H_INVOKESTATIC && body.getTag() != Opcodes.H_NEWINVOKESPECIAL;
                for (Sink sink : sinks(body.getOwner(), body.getName(), body.getDesc())) {
                    int position = sink.argument() + (onInstance ? 1 : 0);
                    if (position < captured) {
                        follow(member, at, captured - 1 - position, sink.relativeTo());
                    } else {
                        unknown.add(member.toString());
                    }
                }
            }
        }
    }

    private static boolean isLoad(String owner, String name) {
        return LOADERS.contains(owner) && name.matches(METHODS);
    }

    private Set<Sink> sinks(String owner, String name, String descriptor) {
        Set<Sink> sinks = new LinkedHashSet<>(ownSinks);
        sinks.removeIf(sink -> !sink.is(owner, name, descriptor));
        return sinks;
    }

    /** A class's names are relative to its package; it is the one that is named, else the one in which the call is. */
    private @Nullable String relativeTo(Member member, int at, int depth, MethodInsnNode call) {
        if (!call.owner.equals("java/lang/Class")) {
            return null;
        }
        for (AbstractInsnNode origin : origins.of(member, at, depth)) {
            if (origin instanceof LdcInsnNode constant && constant.cst instanceof Type type) {
                return type.getInternalName();
            }
        }
        return member.type().name;
    }

    private void follow(Member member, int at, int depth, @Nullable String relativeTo) {
        origins.of(member, at, depth).forEach(origin -> follow(member, origin, relativeTo));
    }

    private void follow(Member member, AbstractInsnNode origin, @Nullable String relativeTo) {
        switch (origin) {
            case LdcInsnNode constant when constant.cst instanceof String name -> add(member, name, relativeTo);
            case InvokeDynamicInsnNode dynamic
            when isConcatenation(dynamic) -> add(member, (String) dynamic.bsmArgs[0], relativeTo);
            case VarInsnNode variable
            when variable.getOpcode() == Opcodes.ALOAD -> follow(member, variable, relativeTo);
            default -> unknown.add(member.toString());
        }
    }

    /** One that begins with a constant: else it might be any file. */
    private static boolean isConcatenation(InvokeDynamicInsnNode dynamic) {
        return dynamic.bsm.getName().equals("makeConcatWithConstants")
                && !((String) dynamic.bsmArgs[0]).matches("(?s)" + VARIABLE_PARTS + ".*");
    }

    private void follow(Member member, VarInsnNode variable, @Nullable String relativeTo) {
        Set<AbstractInsnNode> stored = origins.of(member, variable);
        for (AbstractInsnNode store : stored) {
            follow(member, member.method().instructions.indexOf(store), 0, relativeTo);
        }
        if (Locals.isParameter(member, variable.var)) {
            ownSinks.add(new Sink(
                    member.type().name,
                    member.method().name,
                    member.method().desc,
                    Locals.parameter(member, variable.var),
                    relativeTo));
        } else if (stored.isEmpty()) {
            unknown.add(member.toString());
        }
    }

    private void add(Member member, String name, @Nullable String relativeTo) {
        String file = relativeTo == null
                ? name
                : name.startsWith("/")
                        ? name.substring(1)
                        : relativeTo.substring(0, relativeTo.lastIndexOf('/') + 1) + name;
        loads.add(new Load(member.toString(), file));
    }
}
