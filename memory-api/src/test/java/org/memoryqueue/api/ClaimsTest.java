package org.memoryqueue.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.memoryqueue.local.token.TokenSigner;

/** Roles and rooms where a provider of tokens puts them, and teachers who see all rooms unless they name some. */
@QuarkusTest
@QuarkusTestResource(LocalStores.class)
@TestProfile(ClaimsTest.Elsewhere.class)
class ClaimsTest {

    private static final TokenSigner SIGNER =
            new TokenSigner(Tokens.SECRET, Tokens.ISSUER, Optional.of(Tokens.AUDIENCE));

    @Inject
    WorkerStandIn worker;

    public static final class Elsewhere implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "memory.auth.role-claims", "realm.access.kind",
                    "memory.auth.rooms-claims", "school.classes,classes",
                    "memory.auth.teacher-scope", "all");
        }
    }

    @Test
    void letsATeacherWithoutAClaimOfRoomsSeeAll() {
        memoriesSeenBy(Map.of()).body("memories.size()", equalTo(1)).body("profile.total_sessions", equalTo(1));
    }

    @Test
    void confinesATeacherToTheRoomsOfTheFirstClaimThatIsThere() {
        memoriesSeenBy(Map.of("classes", List.of("room-1"))).body("memories.size()", equalTo(1));
        memoriesSeenBy(Map.of("classes", List.of("room-2"))).body("memories.size()", equalTo(0));
        memoriesSeenBy(Map.of("school", Map.of("classes", List.of("room-2")), "classes", List.of("room-1")))
                .body("memories.size()", equalTo(0));
    }

    @Test
    void takesAClaimOfNoRoomsForNone() {
        memoriesSeenBy(Map.of("classes", List.of())).body("memories.size()", equalTo(0));
        memoriesSeenBy(Map.of("classes", "room-1")).body("memories.size()", equalTo(0));
    }

    @Test
    void doesNotLookForTheRoleElsewhere() {
        given().header("Authorization", "Bearer " + Tokens.admin())
                .get("/api/admin/jobs")
                .then()
                .statusCode(403);
    }

    private ValidatableResponse memoriesSeenBy(Map<String, Object> teacher) {
        Map<String, Object> session = Sessions.session(4);
        String jobId = given().header("Authorization", "Bearer " + token("service", Map.of()))
                .contentType("application/json")
                .body(session)
                .post("/api/student/memory")
                .then()
                .statusCode(202)
                .extract()
                .path("jobId");
        worker.complete(worker.lease(jobId));
        return given().header("Authorization", "Bearer " + token("teacher", teacher))
                .queryParam("studentId", Sessions.student(session))
                .queryParam("chatbotId", "tutor")
                .get("/api/student/memory")
                .then()
                .statusCode(200);
    }

    private static String token(String role, Map<String, Object> more) {
        Map<String, Object> claims = new HashMap<>(more);
        claims.put("iss", Tokens.ISSUER);
        claims.put("aud", Tokens.AUDIENCE);
        claims.put("sub", "somebody");
        claims.put("realm", Map.of("access", Map.of("kind", role)));
        claims.put("iat", Instant.now().getEpochSecond());
        claims.put("exp", Instant.now().plusSeconds(60).getEpochSecond());
        return SIGNER.sign(claims);
    }
}
