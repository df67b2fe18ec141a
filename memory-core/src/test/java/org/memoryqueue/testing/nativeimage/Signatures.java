package org.memoryqueue.testing.nativeimage;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.signature.SignatureReader;
import org.objectweb.asm.signature.SignatureVisitor;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodNode;

/** The classes that a type names, its type arguments included. Names are internal ones. */
final class Signatures {

    private Signatures() {}

    static Set<String> ofField(FieldNode field) {
        return classes(field.signature == null ? field.desc : field.signature);
    }

    static Set<String> ofReturn(MethodNode method) {
        if (method.signature == null) {
            return classes(Type.getReturnType(method.desc).getDescriptor());
        }
        return classes(
                method.signature.substring(method.signature.indexOf(')') + 1).split("\\^", 2)[0]);
    }

    /** Of a parameter, by its index; a lambda's or a constructor's may have no generic type. */
    static Set<String> ofParameter(MethodNode method, int index) {
        if (method.signature != null) {
            Parameters parameters = new Parameters(index);
            new SignatureReader(method.signature).accept(parameters);
            if (parameters.seen == Type.getArgumentCount(method.desc)) {
                return parameters.found;
            }
        }
        return classes(Type.getArgumentTypes(method.desc)[index].getDescriptor());
    }

    /** The type arguments of the superclass, such as {@code T} of an anonymous {@code TypeReference<T>}. */
    static Set<String> ofSuperclass(@Nullable String signature) {
        Set<String> found = new LinkedHashSet<>();
        if (signature != null) {
            new SignatureReader(signature).accept(new Names(found));
        }
        return found;
    }

    static Set<String> classes(String type) {
        Set<String> found = new LinkedHashSet<>();
        new SignatureReader(type).acceptType(new Names(found));
        return found;
    }

    /** Keeps those that are ours. */
    static Set<String> ours(CompiledClasses application, Collection<String> names) {
        Set<String> ours = new LinkedHashSet<>(names);
        ours.removeIf(name -> !application.has(name));
        return ours;
    }

    private static class Names extends SignatureVisitor {

        private final Set<String> found;
        private String outer = "";

        Names(Set<String> found) {
            super(Opcodes.ASM9);
            this.found = found;
        }

        @Override
        public void visitClassType(String name) {
            outer = name;
            found.add(name);
        }

        @Override
        public void visitInnerClassType(String name) {
            outer = outer + "$" + name;
            found.add(outer);
        }

        @Override
        public SignatureVisitor visitTypeArgument(char wildcard) {
            return new Names(found);
        }
    }

    private static final class Parameters extends SignatureVisitor {

        private final int wanted;
        private final Set<String> found = new LinkedHashSet<>();
        private int seen;

        Parameters(int wanted) {
            super(Opcodes.ASM9);
            this.wanted = wanted;
        }

        @Override
        public SignatureVisitor visitParameterType() {
            return new Names(seen++ == wanted ? found : new LinkedHashSet<>());
        }

        @Override
        public SignatureVisitor visitReturnType() {
            return new Names(new LinkedHashSet<>());
        }
    }
}
