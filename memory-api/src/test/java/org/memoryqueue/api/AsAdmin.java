package org.memoryqueue.api;

import io.restassured.RestAssured;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Has the requests of a test class made by an admin, who may do everything, and each answer held against the description
 * of the API.
 */
final class AsAdmin implements BeforeAllCallback, AfterAllCallback {

    @Override
    public void beforeAll(ExtensionContext context) {
        RestAssured.replaceFiltersWith(List.of(new Conformance(), (request, response, next) -> {
            request.header("Authorization", "Bearer " + Tokens.admin());
            return next.next(request, response);
        }));
    }

    @Override
    public void afterAll(ExtensionContext context) {
        RestAssured.replaceFiltersWith(List.of());
    }
}
