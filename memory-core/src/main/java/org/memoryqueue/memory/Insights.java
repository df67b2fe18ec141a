package org.memoryqueue.memory;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * What a session showed about the student.
 *
 * @param understood what they understood, each backed by an {@link Evidence} of kind {@code understood}
 * @param struggling what they struggle with, each backed by an {@link Evidence} of kind {@code struggling}
 * @param progress one sentence on how they moved during the session; empty when nothing can be said
 */
@RegisterForReflection
public record Insights(List<String> understood, List<String> struggling, String progress) {

    public Insights {
        understood = List.copyOf(understood);
        struggling = List.copyOf(struggling);
    }
}
