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
    private final VerifiedTokens verified;

    Permissions(Callers callers, VerifiedTokens verified) {
        this.callers = callers;
        this.verified = verified;
    }

    @Override
    public Uni<SecurityIdentity> augment(SecurityIdentity identity, AuthenticationRequestContext context) {
        boolean isKnown = identity.getAttribute(CurrentCaller.ATTRIBUTE) != null;
        return Uni.createFrom()
                .item(
                        !isKnown && identity.getPrincipal() instanceof JsonWebToken token
                                ? callers.of(token)
                                        .map(caller -> remember(token, caller))
                                        .orElse(identity)
                                : identity);
    }

    /** With nothing of this request in it. */
    private SecurityIdentity remember(JsonWebToken token, Caller caller) {
        SecurityIdentity identity = QuarkusSecurityIdentity.builder()
                .setPrincipal(token)
                .addAttribute(CurrentCaller.ATTRIBUTE, caller)
                .addRole(caller.role().word())
                .addPermissionsAsString(Rules.permissions(caller.role()))
                .build();
        verified.remember(token.getRawToken(), identity, token.getExpirationTime());
        return identity;
    }
}
