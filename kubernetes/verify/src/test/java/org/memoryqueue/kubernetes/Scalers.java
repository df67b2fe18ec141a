package org.memoryqueue.kubernetes;

import java.util.List;
import java.util.stream.Stream;
import org.memoryqueue.kubernetes.manifest.Manifests;

/** The scalers as they are rendered, for tests of their numbers. */
public final class Scalers {

    private Scalers() {}

    /** Each of them, beside the base. */
    public static Stream<Manifests> rendered() {
        return Rendered.SCALERS.stream()
                .map(scaler -> Rendered.render(List.of(scaler)).orElseThrow());
    }

    /** The first of them, on one Redis, to zero. */
    public static Manifests keda() {
        return Rendered.render(List.of("autoscaling-keda")).orElseThrow();
    }
}
