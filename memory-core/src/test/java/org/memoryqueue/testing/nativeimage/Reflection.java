package org.memoryqueue.testing.nativeimage;

import java.util.List;
import java.util.stream.Stream;
import org.memoryqueue.testing.nativeimage.Calls.Call;
import org.memoryqueue.testing.nativeimage.CompiledClasses.Member;
import org.objectweb.asm.Opcodes;

/**
 * Finds what looks members up by their names, makes classes, loads services or leaves Java. In a native executable it works
 * only for what was registered when it was built, and nobody sees at that time what a name will be.
 */
final class Reflection {

    private Reflection() {}

    static List<String> in(CompiledClasses application) {
        return Stream.concat(
                        application
                                .methods()
                                .filter(member -> (member.method().access & Opcodes.ACC_NATIVE) != 0)
                                .map(member -> member + " is native: JNI has to be registered"),
                        application.methods().flatMap(Reflection::in))
                .toList();
    }

    private static Stream<String> in(Member member) {
        return Calls.of(member.method())
                .filter(Reflection::isReflective)
                .map(call -> member + " calls " + call + ": nothing is registered for it");
    }

    private static boolean isReflective(Call call) {
        return call.isOf("java/lang/Class")
                        && (call.name()
                                        .matches(
                                                "get(Declared)?(Method|Field|Constructor|Classe)s?|getPermittedSubclasses|getNestMembers")
                                || call.isOf("java/lang/Class", "forName", "newInstance", "getRecordComponents"))
                || call.owner().startsWith("java/lang/reflect/") && call.name().matches("invoke|newInstance|set.*")
                || call.isOf("java/lang/reflect/Proxy", "newProxyInstance")
                || call.isOf("java/lang/invoke/MethodHandles$Lookup")
                        && call.name().matches("find.*|unreflect.*|define.*")
                || call.isOf("java/lang/invoke/MethodHandleProxies")
                || call.owner().matches("java/util/concurrent/atomic/Atomic\\w+FieldUpdater")
                        && call.name().equals("newUpdater")
                || call.isOf("java/lang/ClassLoader", "loadClass", "findClass", "defineClass")
                || call.isOf("java/beans/Introspector")
                || call.isOf("java/util/ServiceLoader")
                || call.isOf("java/util/ResourceBundle", "getBundle")
                || call.isOf("java/io/ObjectInputStream")
                || call.isOf("java/io/ObjectOutputStream")
                || call.isOf("java/lang/System", "load", "loadLibrary")
                || call.owner().startsWith("java/lang/foreign/")
                || call.isOf("sun/misc/Unsafe");
    }
}
