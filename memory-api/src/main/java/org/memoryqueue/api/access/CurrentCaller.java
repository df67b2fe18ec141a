package org.memoryqueue.api.access;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The caller of the request under way. */
@Singleton
public final class CurrentCaller {

    static final String ATTRIBUTE = "memory.caller";

    private final SecurityIdentity identity;

    CurrentCaller(SecurityIdentity identity) {
        this.identity = identity;
    }

    /**
     * Who calls.
     *
     * @throws IllegalStateException where nobody was asked who they are
     */
    public Caller get() {
        return find().orElseThrow(() -> new IllegalStateException("Nobody was asked who they are"));
    }

    /** Who calls; empty where nobody was asked who they are. */
    public Optional<Caller> find() {
        return Optional.ofNullable(identity.<@Nullable Caller>getAttribute(ATTRIBUTE));
    }
}
