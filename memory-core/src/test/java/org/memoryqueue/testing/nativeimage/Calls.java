package org.memoryqueue.testing.nativeimage;

import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.objectweb.asm.Handle;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** What a method calls, its lambdas and method references included. */
final class Calls {

    private Calls() {}

    /** One method that is called; names are internal ones. */
    record Call(String owner, String name, String descriptor) {

        boolean isOf(String type, String... names) {
            return owner.equals(type) && (names.length == 0 || Stream.of(names).anyMatch(name::equals));
        }

        @Override
        public String toString() {
            return owner.replace('/', '.') + "." + name;
        }
    }

    static Stream<Call> of(MethodNode method) {
        return StreamSupport.stream(method.instructions.spliterator(), false).flatMap(Calls::of);
    }

    private static Stream<Call> of(AbstractInsnNode instruction) {
        return switch (instruction) {
            case MethodInsnNode call -> Stream.of(new Call(call.owner, call.name, call.desc));
            case InvokeDynamicInsnNode dynamic ->
                Stream.of(dynamic.bsmArgs)
                        .filter(Handle.class::isInstance)
                        .map(Handle.class::cast)
                        .map(handle -> new Call(handle.getOwner(), handle.getName(), handle.getDesc()));
            default -> Stream.empty();
        };
    }
}
