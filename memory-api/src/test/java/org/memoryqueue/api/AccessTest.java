package org.memoryqueue.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.memoryqueue.local.token.Grant;
import org.memoryqueue.local.token.TokenSigner;

/** Every role at every route, on what is theirs and what is not; and tokens that do not count. */
@QuarkusTest
@QuarkusTestResource(LocalStores.class)
class AccessTest {

    private static final String MEMORY = "/api/student/memory";
    private static final String MINE = "mine-" + UUID.randomUUID();
    private static final String ROOM = "room-" + UUID.randomUUID();

    @Inject
    WorkerStandIn worker;

    /** Who asks, and with what in hand. */
    private enum Who {
        STUDENT(Tokens.student(MINE)),
        TEACHER_OF_THE_ROOM(Tokens.teacher(ROOM, "another")),
        TEACHER_OF_ANOTHER_ROOM(Tokens.teacher("another")),
        TEACHER_WITHOUT_ROOMS(Tokens.teacher()),
        ADMIN(Tokens.admin()),
        SERVICE(Tokens.service()),
        NOBODY(null),
        EXPIRED(Tokens.sign(new Grant(MINE, "admin", List.of(), Duration.ofMinutes(-5)))),
        WRONG_KEY(new TokenSigner("another secret, of more than 32 bytes", Tokens.ISSUER, Optional.of(Tokens.AUDIENCE))
                .sign(Grant.of("admin", MINE))),
        WRONG_ISSUER(
                new TokenSigner(Tokens.SECRET, "somebody", Optional.of(Tokens.AUDIENCE)).sign(Grant.of("admin", MINE))),
        WRONG_AUDIENCE(
                new TokenSigner(Tokens.SECRET, Tokens.ISSUER, Optional.of("another")).sign(Grant.of("admin", MINE))),
        NO_AUDIENCE(new TokenSigner(Tokens.SECRET, Tokens.ISSUER, Optional.empty()).sign(Grant.of("admin", MINE))),
        UNSIGNED(unsigned()),
        GARBAGE("no.token.atall"),
        UNKNOWN_ROLE(Tokens.sign(Grant.of("headmaster", MINE))),
        NO_USER(Tokens.sign(Grant.of("admin", " "))),
        UNSTORABLE_USER(Tokens.sign(Grant.of("admin", "a\u0000b")));

        private final @Nullable String token;

        Who(@Nullable String token) {
            this.token = token;
        }

        boolean isUnknown() {
            return switch (this) {
                case STUDENT,
                        TEACHER_OF_THE_ROOM,
                        TEACHER_OF_ANOTHER_ROOM,
                        TEACHER_WITHOUT_ROOMS,
                        ADMIN,
                        SERVICE,
                        UNKNOWN_ROLE,
                        NO_USER,
                        UNSTORABLE_USER -> false;
                default -> true;
            };
        }

        RequestSpecification asks() {
            return token == null ? given() : given().header("Authorization", "Bearer " + token);
        }
    }

    private static String unsigned() {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        String claims = "{\"iss\":\"%s\",\"aud\":\"%s\",\"sub\":\"%s\",\"role\":\"admin\",\"exp\":99999999999}"
                .formatted(Tokens.ISSUER, Tokens.AUDIENCE, MINE);
        return base64.encodeToString("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8)) + "."
                + base64.encodeToString(claims.getBytes(StandardCharsets.UTF_8)) + ".";
    }

    /** Whose data a request is about, from the point of view of the student and of the teachers. */
    private enum Whose {
        OWN,
        ANOTHERS_IN_THE_ROOM,
        ANOTHERS_ELSEWHERE
    }

    /** A session that was remembered. */
    private record Subject(Whose whose, String studentId, String roomId, String jobId, String memoryId) {}

    private Subject remembered(Whose whose) {
        String student = whose == Whose.OWN ? MINE : "other-" + UUID.randomUUID();
        String room = whose == Whose.ANOTHERS_ELSEWHERE ? "elsewhere" : ROOM;
        String jobId = handIn(Who.ADMIN, student, room).path("jobId");
        worker.complete(worker.lease(jobId));
        return new Subject(whose, student, room, jobId, memory(jobId));
    }

    private static String memory(String jobId) {
        return Who.ADMIN.asks().get(MEMORY + "/jobs/" + jobId).path("result.memoryId");
    }

    private static Response handIn(Who who, String student, String room) {
        Map<String, Object> session =
                Sessions.with(Sessions.with(Sessions.session(4), "studentId", student), "roomId", room);
        return who.asks().contentType(ContentType.JSON).body(session).post(MEMORY);
    }

    @Test
    void letsEveryoneDoWhatTheTableSaysAndNothingElse() {
        List<Subject> subjects = List.of(
                remembered(Whose.OWN), remembered(Whose.ANOTHERS_IN_THE_ROOM), remembered(Whose.ANOTHERS_ELSEWHERE));
        List<String> leaks = new ArrayList<>();
        int cells = 0;
        for (Who who : Who.values()) {
            for (Subject subject : subjects) {
                cells += 12;
                expect(
                        leaks,
                        who,
                        subject,
                        "hand in",
                        handInStatus(who, subject),
                        () -> handIn(who, subject.studentId(), subject.roomId()));
                expect(
                        leaks,
                        who,
                        subject,
                        "patch job",
                        jobStatus(who, subject),
                        () -> who.asks().queryParam("jobId", subject.jobId()).patch(MEMORY));
                expect(
                        leaks,
                        who,
                        subject,
                        "get job",
                        jobStatus(who, subject),
                        () -> who.asks().get(MEMORY + "/jobs/" + subject.jobId()));
                expect(leaks, who, subject, "list", listStatus(who, subject), () -> list(who, subject));
                expect(
                        leaks,
                        who,
                        subject,
                        "operate",
                        operatorStatus(who),
                        () -> who.asks().get("/api/admin/jobs/" + subject.jobId()));
                expect(
                        leaks,
                        who,
                        subject,
                        "cancel",
                        operatorStatus(who),
                        () -> who.asks().delete("/api/admin/jobs/" + subject.jobId()));
                expect(
                        leaks,
                        who,
                        subject,
                        "events",
                        jobStatus(who, subject),
                        () -> who.asks().get(MEMORY + "/jobs/" + subject.jobId() + "/events"));
                expect(
                        leaks,
                        who,
                        subject,
                        "context",
                        listStatus(who, subject),
                        () -> list(who, subject, MEMORY + "/context"));
                expect(
                        leaks,
                        who,
                        subject,
                        "export",
                        listStatus(who, subject),
                        () -> list(who, subject, MEMORY + "/export"));
                expect(
                        leaks,
                        who,
                        subject,
                        "review",
                        correctionStatus(who, subject),
                        () -> who.asks().get(MEMORY + "/" + subject.memoryId()));
                expect(
                        leaks,
                        who,
                        subject,
                        "correct",
                        correctionStatus(who, subject),
                        () -> who.asks()
                                .contentType(ContentType.JSON)
                                .body(Map.of("hidden", false, "reason", "tried"))
                                .patch(MEMORY + "/" + subject.memoryId()));
                // Of somebody else, so that the others still have something to look at.
                expect(
                        leaks,
                        who,
                        subject,
                        "erase",
                        eraseStatus(who),
                        () -> who.asks()
                                .queryParam("studentId", subject.studentId() + "-else")
                                .delete(MEMORY));
            }
            for (String route : List.of(
                    "/api/admin/jobs",
                    "/api/admin/audit",
                    "/api/admin/usage",
                    "/api/admin/erasures",
                    "/api/admin/queue-status",
                    "/api/health/queue")) {
                cells++;
                int expected = route.endsWith("health/queue")
                        ? 200
                        : route.endsWith("queue-status") ? queueStatusStatus(who) : operatorStatus(who);
                expect(leaks, who, null, route, expected, () -> who.asks().get(route));
            }
            for (String route : List.of(
                    "/api/admin/queue/resume",
                    "/api/admin/erasures",
                    "/api/admin/jobs/1/retry",
                    "/api/admin/profiles/rebuild",
                    "/api/admin/queue/pause",
                    "/api/admin/queue/drain")) {
                // An admin may; the queue of the other tests must not stand still for it.
                if (who != Who.ADMIN) {
                    cells++;
                    expect(
                            leaks,
                            who,
                            null,
                            route,
                            operatorStatus(who),
                            () -> who.asks().contentType(ContentType.JSON).post(route));
                }
            }
        }
        System.out.println("Access: " + cells + " cells tried, leaks " + leaks.size());
        assertThat(leaks).isEmpty();
    }

    @Test
    void keepsTheWordsOfOthersFromWhoeverMayAskForThem() {
        Subject subject = remembered(Whose.ANOTHERS_IN_THE_ROOM);

        for (String path : List.of(MEMORY, MEMORY + "/context", MEMORY + "/export")) {
            for (Who stranger : List.of(Who.TEACHER_OF_ANOTHER_ROOM, Who.TEACHER_WITHOUT_ROOMS)) {
                assertThat(list(stranger, subject, path).asString())
                        .doesNotContain("addition", "What is 0 plus one?", subject.jobId());
            }
            assertThat(list(Who.TEACHER_OF_THE_ROOM, subject, path).asString()).contains("addition");
        }
    }

    private static void expect(
            List<String> leaks, Who who, @Nullable Subject subject, String what, int status, Supplier<Response> ask) {
        int answered = ask.get().statusCode();
        if (answered != status) {
            leaks.add("%s, %s, %s: %d, expected %d"
                    .formatted(who, what, subject == null ? "-" : subject.whose(), answered, status));
        }
    }

    private static int handInStatus(Who who, Subject subject) {
        return who.isUnknown()
                ? 401
                : switch (who) {
                    case STUDENT -> subject.whose() == Whose.OWN ? 202 : 403;
                    case ADMIN, SERVICE -> 202;
                    default -> 403;
                };
    }

    private static int jobStatus(Who who, Subject subject) {
        return who.isUnknown()
                ? 401
                : switch (who) {
                    case STUDENT -> subject.whose() == Whose.OWN ? 200 : 404;
                    case TEACHER_OF_THE_ROOM -> subject.whose() == Whose.ANOTHERS_ELSEWHERE ? 404 : 200;
                    case TEACHER_OF_ANOTHER_ROOM, TEACHER_WITHOUT_ROOMS -> 404;
                    case ADMIN, SERVICE -> 200;
                    default -> 403;
                };
    }

    private static int listStatus(Who who, Subject subject) {
        return who.isUnknown()
                ? 401
                : switch (who) {
                    case STUDENT -> subject.whose() == Whose.OWN ? 200 : 403;
                    case UNKNOWN_ROLE, NO_USER, UNSTORABLE_USER -> 403;
                    default -> 200;
                };
    }

    private static int correctionStatus(Who who, Subject subject) {
        return who.isUnknown()
                ? 401
                : switch (who) {
                    case TEACHER_OF_THE_ROOM -> subject.whose() == Whose.ANOTHERS_ELSEWHERE ? 404 : 200;
                    case TEACHER_OF_ANOTHER_ROOM, TEACHER_WITHOUT_ROOMS -> 404;
                    case ADMIN -> 200;
                    default -> 403;
                };
    }

    private static int queueStatusStatus(Who who) {
        return who.isUnknown()
                ? 401
                : switch (who) {
                    case TEACHER_OF_THE_ROOM, TEACHER_OF_ANOTHER_ROOM, TEACHER_WITHOUT_ROOMS, ADMIN -> 200;
                    default -> 403;
                };
    }

    private static int operatorStatus(Who who) {
        return who.isUnknown() ? 401 : who == Who.ADMIN ? 200 : 403;
    }

    private static int eraseStatus(Who who) {
        return who.isUnknown() ? 401 : who == Who.ADMIN || who == Who.SERVICE ? 200 : 403;
    }

    private static Response list(Who who, Subject subject) {
        return list(who, subject, MEMORY);
    }

    private static Response list(Who who, Subject subject, String path) {
        return who.asks()
                .queryParam("studentId", subject.studentId())
                .queryParam("chatbotId", "tutor")
                .get(path);
    }

    @Test
    void showsATeacherOnlyWhatBelongsToTheirRooms() {
        String student = "pupil-" + UUID.randomUUID();
        for (String room : List.of(ROOM, ROOM, "elsewhere")) {
            worker.complete(worker.lease(handIn(Who.ADMIN, student, room).path("jobId")));
        }
        Subject pupil = new Subject(Whose.ANOTHERS_IN_THE_ROOM, student, ROOM, "", "");

        list(Who.ADMIN, pupil).then().body("memories", hasSize(3)).body("profile.total_sessions", equalTo(3));
        list(Who.TEACHER_OF_THE_ROOM, pupil)
                .then()
                .body("memories", hasSize(2))
                .body("profile.room_id", equalTo(ROOM))
                .body("profile.total_sessions", equalTo(2));
        for (Who stranger : List.of(Who.TEACHER_OF_ANOTHER_ROOM, Who.TEACHER_WITHOUT_ROOMS)) {
            list(stranger, pupil).then().body("memories", hasSize(0)).body("profile", nullValue());
        }
    }

    @Test
    void saysSoAsAProblem() {
        Who.NOBODY
                .asks()
                .get("/api/admin/queue-status")
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", "Bearer")
                .contentType("application/problem+json")
                .body("error", equalTo("Not authenticated"));
        Who.STUDENT
                .asks()
                .get("/api/admin/queue-status")
                .then()
                .statusCode(403)
                .contentType("application/problem+json")
                .body("error", equalTo("Unauthorized - Admin access required"));
    }

    @Test
    void asksWhoSomebodyIsBeforeItReadsWhatTheySend() {
        Who.NOBODY
                .asks()
                .contentType(ContentType.JSON)
                .body("{")
                .post(MEMORY)
                .then()
                .statusCode(401);
        Who.NOBODY.asks().patch(MEMORY).then().statusCode(401);
    }
}
