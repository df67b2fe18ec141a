package org.memoryqueue.api.admin;

import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;

/** Who calls, as the record of an action names them. */
final class Operator {

    private static final String ANONYMOUS = "anonymous";

    private Operator() {}

    static String name(SecurityContext caller) {
        Principal principal = caller.getUserPrincipal();
        return principal == null || principal.getName().isBlank() ? ANONYMOUS : principal.getName();
    }
}
