package org.memoryqueue.testing.nativeimage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.memoryqueue.testing.nativeimage.CompiledClasses.Member;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Finds what is given to Jackson to be written or read, by following each argument back to where it comes from. A method of
 * ours that only passes a parameter on is looked through, as is one that passes on what a function makes.
 */
final class JsonCalls {

    /** Where a value, or the class to read it as, is handed to Jackson. */
    private record Sink(String owner, String name, String descriptor, int argument, boolean function) {}

    private static final Set<String> MAPPERS = Set.of(
            "com/fasterxml/jackson/databind/ObjectMapper",
            "com/fasterxml/jackson/databind/json/JsonMapper",
            "com/fasterxml/jackson/databind/ObjectReader",
            "com/fasterxml/jackson/databind/ObjectWriter",
            "io/vertx/core/json/Json",
            "io/vertx/core/json/JsonObject");

    private static final Set<String> RESPONSES = Set.of(
            "jakarta/ws/rs/core/Response$ResponseBuilder",
            "org/jboss/resteasy/reactive/RestResponse$ResponseBuilder",
            "jakarta/ws/rs/sse/OutboundSseEvent$Builder");

    private final CompiledClasses application;
    private final Set<Sink> ownSinks = new LinkedHashSet<>();
    private final Origins origins = new Origins();
    private final Set<String> types = new LinkedHashSet<>();
    private final Set<String> unknown = new LinkedHashSet<>();

    private JsonCalls(CompiledClasses application) {
        this.application = application;
    }

    /**
     * What is written and read.
     *
     * @param types names of classes, ours and others
     * @param unknown calls whose values could not be followed back
     */
    record Found(Set<String> types, Set<String> unknown) {}

    static Found in(CompiledClasses application) {
        JsonCalls calls = new JsonCalls(application);
        int known;
        do {
            known = calls.ownSinks.size();
            calls.types.clear();
            calls.unknown.clear();
            application.methods().forEach(calls::look);
        } while (calls.ownSinks.size() > known);
        return new Found(calls.types, calls.unknown);
    }

    private void look(Member member) {
        for (int i = 0; i < member.method().instructions.size(); i++) {
            AbstractInsnNode instruction = member.method().instructions.get(i);
            switch (instruction) {
                case MethodInsnNode call -> look(member, i, call);
                case InvokeDynamicInsnNode dynamic -> look(member, i, dynamic);
                default -> {
                    // Calls nothing.
                }
            }
        }
    }

    private void look(Member member, int at, MethodInsnNode call) {
        int count = Type.getArgumentCount(call.desc);
        for (int argument : arguments(call)) {
            origins.of(member, at, count - 1 - argument).forEach(origin -> resolve(member, origin));
        }
        for (Sink sink : sinks(call.owner, call.name, call.desc)) {
            int depth = count - 1 - sink.argument();
            origins.of(member, at, depth).forEach(origin -> resolve(member, origin, sink.function()));
        }
    }

    /** The values that a lambda captures are the first parameters of the method that holds its body. */
    private void look(Member member, int at, InvokeDynamicInsnNode dynamic) {
        int captured = Type.getArgumentCount(dynamic.desc);
        for (Object argument : dynamic.bsmArgs) {
            if (argument instanceof Handle body) {
                boolean onInstance = body.getTag() != Opcodes.H_INVOKESTATIC;
                for (Sink sink : sinks(body.getOwner(), body.getName(), body.getDesc())) {
                    int position = sink.argument() + (onInstance ? 1 : 0);
                    if (position < captured) {
                        origins.of(member, at, captured - 1 - position)
                                .forEach(origin -> resolve(member, origin, sink.function()));
                    }
                }
            }
        }
    }

    private List<Sink> sinks(String owner, String name, String descriptor) {
        return ownSinks.stream()
                .filter(sink -> sink.owner().equals(owner)
                        && sink.name().equals(name)
                        && sink.descriptor().equals(descriptor))
                .toList();
    }

    /** The arguments that Jackson binds: values, and the classes as which it reads. */
    private static List<Integer> arguments(MethodInsnNode call) {
        boolean binds = MAPPERS.contains(call.owner)
                        && call.name.matches(
                                "(readValues?|writeValue.*|convertValue|valueToTree|treeToValue|readerFor.*|forType|mapFrom|mapTo|encode.*|decodeValue)")
                || RESPONSES.contains(call.owner) && call.name.matches("entity|data");
        if (!binds) {
            return List.of();
        }
        Type[] types = Type.getArgumentTypes(call.desc);
        List<Integer> bound = new ArrayList<>();
        for (int i = 0; i < types.length; i++) {
            if (isValueOrClass(types[i].getInternalName())) {
                bound.add(i);
            }
        }
        return bound;
    }

    private static boolean isValueOrClass(String type) {
        return type.equals("java/lang/Object") || isClass(type);
    }

    private static boolean isClass(String type) {
        return type.equals("java/lang/Class") || type.equals("com/fasterxml/jackson/core/type/TypeReference");
    }

    private void resolve(Member member, AbstractInsnNode origin, boolean function) {
        if (function) {
            resolveFunction(member, origin);
        } else {
            resolve(member, origin);
        }
    }

    private void resolve(Member member, AbstractInsnNode origin) {
        switch (origin) {
            case LdcInsnNode constant when constant.cst instanceof Type type -> types.add(type.getInternalName());
            case LdcInsnNode text -> types.add("java/lang/String");
            case TypeInsnNode made -> made(made.desc);
            // What is made is on the stack twice, once for its constructor.
            case InsnNode copy
            when copy.getOpcode() == Opcodes.DUP ->
                origins.of(member, member.method().instructions.indexOf(copy), 0)
                        .forEach(original -> resolve(member, original));
            case FieldInsnNode field -> add(member, field(field));
            case MethodInsnNode call
            when isFunction(call) ->
                origins.of(member, member.method().instructions.indexOf(call), Type.getArgumentCount(call.desc))
                        .forEach(receiver -> pass(member, receiver, true));
            case MethodInsnNode call -> add(member, returned(call.owner, call.name, call.desc));
            case VarInsnNode local when Locals.isParameter(member, local.var) -> passOrAdd(member, local);
            case VarInsnNode local -> add(member, Locals.type(member, local));
            default -> {
                // A constant without a type of ours.
            }
        }
    }

    private void resolveFunction(Member member, AbstractInsnNode origin) {
        if (origin instanceof InvokeDynamicInsnNode dynamic) {
            Arrays.stream(dynamic.bsmArgs)
                    .filter(Handle.class::isInstance)
                    .map(Handle.class::cast)
                    .forEach(body -> add(member, returned(body.getOwner(), body.getName(), body.getDesc())));
        } else {
            pass(member, origin, true);
        }
    }

    private void made(String type) {
        ClassNode node = application.find(type);
        if (node != null && isClass(node.superName)) {
            types.addAll(Signatures.ofSuperclass(node.signature));
        } else {
            types.add(type);
        }
    }

    private static boolean isFunction(MethodInsnNode call) {
        return call.owner.startsWith("java/util/function/") && call.name.matches("apply|get");
    }

    private void passOrAdd(Member member, VarInsnNode local) {
        int index = Locals.parameter(member, local.var);
        if (index < 0) {
            types.add(member.type().name);
            return;
        }
        String type = Type.getArgumentTypes(member.method().desc)[index].getInternalName();
        if (isValueOrClass(type)) {
            pass(member, local, false);
        } else {
            add(member, Signatures.ofParameter(member.method(), index));
        }
    }

    /** The method hands a parameter on: whoever calls it decides what is bound. */
    private void pass(Member member, AbstractInsnNode origin, boolean function) {
        if (origin instanceof VarInsnNode local
                && Locals.isParameter(member, local.var)
                && Locals.parameter(member, local.var) >= 0) {
            ownSinks.add(new Sink(
                    member.type().name,
                    member.method().name,
                    member.method().desc,
                    Locals.parameter(member, local.var),
                    function));
        } else {
            unknown.add(member.toString());
        }
    }

    private void add(Member member, Set<String> found) {
        if (found.isEmpty() || found.equals(Set.of("java/lang/Object"))) {
            unknown.add(member.toString());
        } else {
            types.addAll(found);
        }
    }

    private Set<String> returned(String owner, String name, String descriptor) {
        if (name.equals("<init>")) {
            return Set.of(owner);
        }
        return application
                .method(owner, name, descriptor)
                .map(Member::method)
                .map(Signatures::ofReturn)
                .orElseGet(
                        () -> Signatures.classes(Type.getReturnType(descriptor).getDescriptor()));
    }

    private Set<String> field(FieldInsnNode access) {
        ClassNode owner = application.find(access.owner);
        return owner == null
                ? Signatures.classes(access.desc)
                : owner.fields.stream()
                        .filter(field -> field.name.equals(access.name))
                        .map(Signatures::ofField)
                        .findFirst()
                        .orElseGet(() -> Signatures.classes(access.desc));
    }
}
