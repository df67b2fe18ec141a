package org.memoryqueue.testing.nativeimage;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.memoryqueue.testing.nativeimage.CompiledClasses.Member;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.VarInsnNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.Frame;
import org.objectweb.asm.tree.analysis.SourceInterpreter;
import org.objectweb.asm.tree.analysis.SourceValue;

/** Where the values of a method come from. */
final class Origins {

    private final Map<Member, Frame<SourceValue>[]> analysed = new HashMap<>();

    /** What put the value onto the stack that lies so deep there before an instruction. */
    Set<AbstractInsnNode> of(Member member, int at, int depth) {
        Frame<SourceValue> frame = frame(member, at);
        return frame == null ? Set.of() : frame.getStack(frame.getStackSize() - 1 - depth).insns;
    }

    /** What has stored the value that a variable has where it is read; nothing when it is a parameter's. */
    Set<AbstractInsnNode> of(Member member, VarInsnNode read) {
        Frame<SourceValue> frame = frame(member, member.method().instructions.indexOf(read));
        return frame == null ? Set.of() : frame.getLocal(read.var).insns;
    }

    private @Nullable Frame<SourceValue> frame(Member member, int at) {
        return analysed.computeIfAbsent(member, Origins::analyse)[at];
    }

    private static Frame<SourceValue>[] analyse(Member member) {
        try {
            return new Analyzer<>(new SourceInterpreter()).analyzeAndComputeMaxs(member.type().name, member.method());
        } catch (AnalyzerException e) {
            throw new IllegalStateException(member.toString(), e);
        }
    }
}
