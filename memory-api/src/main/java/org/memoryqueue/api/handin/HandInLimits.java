package org.memoryqueue.api.handin;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How much a hand-in may hold. The size of its body is limited by {@code quarkus.http.limits.max-body-size}. */
@ConfigMapping(prefix = "memory.hand-in")
public interface HandInLimits {

    /** The most messages, those included that are neither the student's nor the tutor's. */
    @WithDefault("1000")
    int maxMessages();

    /** The most characters of a message, in UTF-16 code units as in JavaScript. */
    @WithDefault("32000")
    int maxCharacters();
}
