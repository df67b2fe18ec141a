package org.memoryqueue.summariser.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.memoryqueue.summariser.RejectedTranscriptException;
import org.memoryqueue.summariser.SummariserException;
import org.memoryqueue.summariser.SummariserUnavailableException;

/** Sorts the answers that are none, by their HTTP status, and where that is not enough by the error that they name. */
final class Refusal {

    private static final int BAD_GATEWAY = 502;

    /** Codes and types by which providers say that they do not know the model. */
    private static final Set<String> UNKNOWN_MODEL =
            Set.of("model_not_found", "invalid_model", "unknown_model", "deploymentnotfound", "notfounderror");

    /** What is the same in each of our requests, whatever the transcript. */
    private static final Set<String> OUR_PARAMETERS = Set.of("model", "temperature", "response_format");

    private static final int LONGEST_MESSAGE = 300;

    private Refusal() {}

    /** As the other one, of a response whose body is not known. */
    static SummariserException of(int status, @Nullable String retryAfter, @Nullable String date) {
        return of(status, retryAfter, date, MissingNode.getInstance());
    }

    /**
     * The failure that a status other than 2xx means. What is not known to concern this one transcript counts as an
     * outage, so that a wrong setting does not cost every job its life.
     *
     * @param retryAfter the response's header of that name, null when it had none
     * @param date the response's header of that name, null when it had none
     * @param error the object of that name in the response's body; missing when it had none
     */
    static SummariserException of(int status, @Nullable String retryAfter, @Nullable String date, JsonNode error) {
        String reason = "the model answered with status " + status;
        boolean passes = status >= 500 || status == 408 || status == 425 || status == 429;
        if (status == 400 || status == 413 || status == 422) {
            return isOfASetting(error)
                    ? SummariserUnavailableException.misconfigured(
                            reason + ", since it does not take the model's name or a setting", status)
                    : new RejectedTranscriptException(reason);
        }
        return passes
                ? SummariserUnavailableException.overloaded(reason, status, RetryAfter.parse(retryAfter, date))
                : SummariserUnavailableException.misconfigured(reason, status);
    }

    /** The failure that a gateway reports within a 200; a code that is no status of a failure counts as 502. */
    static SummariserException reported(JsonNode error) {
        int code = error.path("code").asInt();
        return isOfASetting(error)
                ? of(400, null, null, error)
                : of(code >= 400 && code < 600 ? code : BAD_GATEWAY, null, null, error);
    }

    /**
     * Whether an error is about what is the same in each of our requests. Only a short message is looked at, and only for
     * the phrases of providers that name no code: a long one may repeat what a student wrote.
     */
    private static boolean isOfASetting(JsonNode error) {
        if (UNKNOWN_MODEL.contains(word(error, "code"))
                || UNKNOWN_MODEL.contains(word(error, "type"))
                || OUR_PARAMETERS.contains(word(error, "param").replaceFirst("[.\\[].*$", ""))) {
            return true;
        }
        String message = word(error, "message");
        return message.length() <= LONGEST_MESSAGE
                && message.matches(
                        "(?s).*is not a valid model.*|(the )?model \\S+ (is |was )?(not found|does not exist).*");
    }

    private static String word(JsonNode error, String name) {
        return error.path(name).asText().strip().toLowerCase(Locale.ROOT);
    }
}
