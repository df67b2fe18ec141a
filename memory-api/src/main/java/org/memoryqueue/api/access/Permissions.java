package org.memoryqueue.api.access;

import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.SecurityIdentityAugmentor;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Gives an identity the permissions of its role. A token that names no user, or no role that there is, has none. */
@Singleton
final class Permissions implements SecurityIdentityAugmentor {

    private final Callers callers;

    Permissions(Callers callers) {
        this.callers = callers;
    }

    @Override
    public Uni<SecurityIdentity> augment(SecurityIdentity identity, AuthenticationRequestContext context) {
        return Uni.createFrom()
                .item(
                        identity.getPrincipal() instanceof JsonWebToken token
                                ? callers.of(token)
                                        .map(caller -> with(identity, caller))
                                        .orElse(identity)
                                : identity);
    }

    private static SecurityIdentity with(SecurityIdentity identity, Caller caller) {
        return QuarkusSecurityIdentity.builder(identity)
                .addAttribute(CurrentCaller.ATTRIBUTE, caller)
                .addRole(caller.role().word())
                .addPermissionsAsString(Rules.permissions(caller.role()))
                .build();
    }
}
