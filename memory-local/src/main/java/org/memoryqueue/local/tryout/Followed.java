package org.memoryqueue.local.tryout;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A conversation that was handed in, and its job as it was seen last.
 *
 * @param job the view of the contract
 */
record Followed(String title, JsonNode job) {
    boolean isCompleted() {
        return state().equals("completed");
    }

    boolean isFailed() {
        return state().equals("failed");
    }

    String failedReason() {
        return job.path("failedReason").asText();
    }

    String memoryId() {
        return job.path("result").path("memoryId").asText();
    }

    String words() {
        return title + ": " + (state().equals("active") ? job.path("progress").asInt() + " %" : state());
    }

    private String state() {
        return job.path("state").asText();
    }
}
