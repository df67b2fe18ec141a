package org.memoryqueue.api;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same at the packaged service, whose executable may lack what a request needs. */
@QuarkusIntegrationTest
class FuzzIT extends FuzzTest {}
