package org.memoryqueue.testing.nativeimage;

import java.util.Set;
import org.memoryqueue.testing.nativeimage.CompiledClasses.Member;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.LocalVariableNode;
import org.objectweb.asm.tree.VarInsnNode;

/** The variables of a method, by their places in its frame. */
final class Locals {

    private Locals() {}

    /** The type of a variable where it is read; empty when it was compiled without names. */
    static Set<String> type(Member member, VarInsnNode access) {
        int at = member.method().instructions.indexOf(access);
        if (member.method().localVariables == null) {
            return Set.of();
        }
        for (LocalVariableNode local : member.method().localVariables) {
            boolean inScope = member.method().instructions.indexOf(local.start) <= at
                    && at <= member.method().instructions.indexOf(local.end);
            if (local.index == access.var && inScope) {
                return Signatures.classes(local.signature == null ? local.desc : local.signature);
            }
        }
        return Set.of();
    }

    /** Whether it is a parameter, or {@code this}. */
    static boolean isParameter(Member member, int variable) {
        int size = member.isStatic() ? 0 : 1;
        for (Type type : Type.getArgumentTypes(member.method().desc)) {
            size += type.getSize();
        }
        return variable < size;
    }

    /** The index of a parameter, or -1 for {@code this}. */
    static int parameter(Member member, int variable) {
        int slot = member.isStatic() ? 0 : 1;
        Type[] types = Type.getArgumentTypes(member.method().desc);
        for (int i = 0; i < types.length; i++) {
            if (slot == variable) {
                return i;
            }
            slot += types[i].getSize();
        }
        return -1;
    }
}
