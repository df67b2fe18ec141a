package org.memoryqueue.api;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The description of the API as the packaged service serves it. */
@QuarkusIntegrationTest
class OpenApiIT extends OpenApiTest {}
