package org.memoryqueue.testing.model;

import java.time.Duration;
import java.util.Map;

/** What a {@link FakeModel} does with a call. */
public sealed interface Reply {

    /** A complete response. */
    record Response(int status, Map<String, String> headers, String body) implements Reply {}

    /** A wait, then another reply; a client that goes away meanwhile ends it. */
    record Delayed(Duration by, Reply then) implements Reply {}

    /** Nothing, until the client goes away. */
    record Hang() implements Reply {}

    /** The head and the first half of a response, and then the end of the connection. */
    record HalfBody(Response whole) implements Reply {}

    /** The head, and then the body byte by byte, each after a pause. */
    record Drip(Duration pause, Response whole) implements Reply {}

    /** A valid answer, without any finding. */
    static Reply summary() {
        return answer("""
                {"summary": "The student and the tutor talked.", "topics": [], "understood": [], "struggling": [],
                 "progress": "", "next_steps": "", "observations": [],
                 "assessment": {"solved_unaided": null, "outcome": "unknown", "confidence": 0}}""");
    }

    /** An answer of any words in a well-formed completion. */
    static Response answer(String words) {
        return answer(words, "null");
    }

    /** The same, with what it used: a JSON object. */
    static Response answer(String words, String usage) {
        return json("{\"id\": \"fake\", \"object\": \"chat.completion\", \"choices\": [{\"index\": 0, \"message\":"
                + " {\"role\": \"assistant\", \"content\": " + quoted(words) + "}, \"finish_reason\": \"stop\"}],"
                + " \"usage\": " + usage + "}");
    }

    /** A 200 with any body. */
    static Response json(String body) {
        return new Response(200, Map.of("Content-Type", "application/json"), body);
    }

    /** An answer that is no JSON. */
    static Reply garbage() {
        return answer("Sure! Here is what I think of your secret conversation: it was { lovely.");
    }

    /** An answer that is JSON, and breaks the schema. */
    static Reply invalidSchema() {
        return answer("{\"summary\": 42, \"mood\": \"secret\"}");
    }

    /** An error. */
    static Reply status(int status) {
        return status(status, Map.of());
    }

    /** An error with headers. */
    static Reply status(int status, Map<String, String> headers) {
        return new Response(status, headers, "{\"error\": {\"message\": \"no secret\", \"code\": " + status + "}}");
    }

    /** A 429 that says when to come back. */
    static Reply tooManyRequests(Duration retryAfter) {
        return status(429, Map.of("Retry-After", String.valueOf(retryAfter.toSeconds())));
    }

    /** Silence. */
    static Reply hang() {
        return new Hang();
    }

    /** A response that breaks off. */
    static Reply halfBody() {
        return new HalfBody(answer("{\"summary\": \"They talked about a great many things.\"}"));
    }

    /** Another reply, later. */
    static Reply after(Duration wait, Reply then) {
        return new Delayed(wait, then);
    }

    private static String quoted(String words) {
        StringBuilder text = new StringBuilder("\"");
        words.chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                text.append('\\').append((char) c);
            } else if (c < ' ') {
                text.append(String.format("\\u%04x", c));
            } else {
                text.append((char) c);
            }
        });
        return text.append('"').toString();
    }
}
