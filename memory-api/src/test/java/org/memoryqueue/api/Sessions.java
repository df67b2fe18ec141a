package org.memoryqueue.api;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Sessions to hand in; each test makes its own. */
final class Sessions {

    private Sessions() {}

    /** A session of a student whom no other test knows. */
    static Map<String, Object> session(int messages) {
        Map<String, Object> session = new LinkedHashMap<>();
        session.put("studentId", "student-" + UUID.randomUUID());
        session.put("chatbotId", "tutor");
        session.put("roomId", "room-1");
        session.put("messages", messages(messages));
        session.put(
                "sessionStartTime",
                Instant.now().minusSeconds(600).truncatedTo(ChronoUnit.MILLIS).toString());
        return session;
    }

    /** Messages of student and tutor in turn; the first so many of a longer list are those of a shorter one. */
    static List<Map<String, String>> messages(int count) {
        List<Map<String, String>> messages = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            messages.add(Map.of(
                    "role",
                    i % 2 == 0 ? "user" : "assistant",
                    "content",
                    "What is " + i + " plus one? Is it " + (i + 1) + "?"));
        }
        return messages;
    }

    static Map<String, Object> with(Map<String, Object> session, String field, Object value) {
        Map<String, Object> changed = new LinkedHashMap<>(session);
        changed.put(field, value);
        return changed;
    }

    /** Whose it is. */
    static String student(Map<String, Object> session) {
        return String.valueOf(session.get("studentId"));
    }

    static ValidatableResponse handIn(Object session) {
        return given().contentType(ContentType.JSON)
                .body(session)
                .post("/api/student/memory")
                .then();
    }
}
