package org.memoryqueue.api.limits;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import org.memoryqueue.api.access.Role;

/** How often each caller may ask, over all instances. Bursts of a third of a minute's worth are let through. */
@ConfigMapping(prefix = "memory.rate-limit")
public interface RateLimitConfig {

    /** Requests of one caller within a minute; at least 3. */
    interface Rates {

        /** Sessions that are handed in. */
        int handIns();

        /** Anything else. */
        int reads();
    }

    /** Whether callers are limited at all. */
    @WithDefault("true")
    boolean enabled();

    /** Of a student. */
    Rates student();

    /** Of a teacher. */
    Rates teacher();

    /** Of an admin. */
    Rates admin();

    /** Of a service, which speaks for many students. */
    Rates service();

    /** Of a role. */
    default Rates of(Role role) {
        return switch (role) {
            case STUDENT -> student();
            case TEACHER -> teacher();
            case ADMIN -> admin();
            case SERVICE -> service();
        };
    }
}
