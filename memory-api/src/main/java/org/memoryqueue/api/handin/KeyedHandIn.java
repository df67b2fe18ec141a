package org.memoryqueue.api.handin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.RestResponse;
import org.memoryqueue.api.access.Caller;
import org.memoryqueue.api.problem.ProblemException;
import org.memoryqueue.intake.IdempotencyKeys;
import org.memoryqueue.intake.IdempotencyKeys.Answer;
import org.memoryqueue.intake.IdempotencyKeys.Request;
import org.memoryqueue.intake.IdempotencyKeys.Reservation;

/** Hands sessions in that carry an {@code Idempotency-Key}: one that was answered before gets the same answer again. */
@Singleton
final class KeyedHandIn {

    static final String HEADER = "Idempotency-Key";

    /** A structured field string may be quoted; neither may hold what is not visible. */
    private static final Pattern KEY = Pattern.compile("[!-~]{1,255}");

    private final IdempotencyKeys keys;
    private final ObjectMapper json;

    KeyedHandIn(IdempotencyKeys keys, ObjectMapper json) {
        this.keys = keys;
        this.json = json;
    }

    /** Answers as before, or does what is asked for and keeps the answer. */
    Uni<RestResponse<HandInAnswer>> handIn(Caller caller, String key, HandIn body, Supplier<Uni<HandInAnswer>> accept) {
        if (!KEY.matcher(key).matches()) {
            throw ProblemException.badRequest(
                    "Invalid request", HEADER, "must be 1 to 255 visible ASCII characters without spaces");
        }
        String owner = caller.role().word() + ":" + caller.subject();
        Request request = new Request(owner, key, body.studentId(), body.chatbotId(), digest(body));
        return keys.reserve(request).flatMap(reservation -> switch (reservation) {
            case Reservation.AlreadyAnswered(Answer answer) ->
                Uni.createFrom().item(() -> read(answer).response(true));
            case Reservation.Taken() ->
                throw ProblemException.unprocessable(
                        "Idempotency-Key was used for another request", HEADER + " was used for another request");
            case Reservation.Reserved() ->
                accept.get()
                        .flatMap(answer -> keys.answer(request, new Answer(answer.statusCode(), write(answer))))
                        .map(kept -> read(kept).response(false));
        });
    }

    private String digest(HandIn body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(json.writeValueAsBytes(body)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("What was read can be written", e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private String write(HandInAnswer answer) {
        try {
            return json.writeValueAsString(answer);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Every answer can be written", e);
        }
    }

    private HandInAnswer read(Answer answer) {
        try {
            return json.readValue(answer.body(), HandInAnswer.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A kept answer is not what was kept", e);
        }
    }
}
