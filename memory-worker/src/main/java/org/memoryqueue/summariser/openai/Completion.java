package org.memoryqueue.summariser.openai;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;
import org.memoryqueue.summariser.InvalidAnswerException;
import org.memoryqueue.summariser.RejectedTranscriptException;
import org.memoryqueue.summariser.SummariserException;
import org.memoryqueue.summariser.SummariserUnavailableException;

/**
 * A response of the chat-completions protocol.
 *
 * @param response with a list of choices, if it has been {@link #read}
 */
record Completion(JsonNode response) {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final int OK = 200;
    private static final String END_OF_THOUGHT = "</think>";
    private static final String CODE_FENCE = "```";

    /**
     * Reads a response of status 2xx by the object in its body, empty when that is none. What is no completion was not
     * said by a model: something else answers at that address, or between us and it, and no job is to fail for that.
     *
     * @throws SummariserException if it is none; no reason repeats anything that was answered
     */
    static Completion read(Optional<ObjectNode> body) {
        // Half of a response, or a page of some gateway: it may be gone in a moment.
        JsonNode response = body.orElseThrow(() -> SummariserUnavailableException.overloaded(
                "the response of the model is no JSON object", OK, Optional.empty()));
        if (response.path("error").isObject()) {
            throw Refusal.reported(response.path("error"));
        }
        if (!response.path("choices").isArray()) {
            throw SummariserUnavailableException.misconfigured(
                    "what answers at the address of the model knows no chat completions", OK);
        }
        return new Completion(response);
    }

    /** What was used, as far as the response says. */
    JsonNode usage() {
        return response.path("usage");
    }

    /**
     * The JSON object with which the model answered, as it stands there.
     *
     * @throws SummariserException if there is none; no reason repeats anything that was answered
     */
    JsonNode answer() {
        JsonNode choice = response.path("choices").path(0);
        if (choice.path("error").isObject()) {
            throw Refusal.reported(choice.path("error"));
        }
        String end = choice.path("finish_reason").asText();
        if (end.equals("content_filter")
                || choice.path("message").path("refusal").isTextual()) {
            throw new RejectedTranscriptException("the model declined to summarise the transcript");
        }
        if (end.equals("length")) {
            throw new InvalidAnswerException("the answer of the model was cut off at its limit of length");
        }
        JsonNode content = choice.path("message").path("content");
        if (!content.isTextual()) {
            throw new InvalidAnswerException("the response of the model holds no answer");
        }
        return object(unwrapped(content.textValue()).getBytes(StandardCharsets.UTF_8))
                .orElseThrow(invalid("the answer of the model is no JSON object"));
    }

    /** How long the answer is, in tokens as they are estimated. */
    int estimatedTokens() {
        return TokenEstimate.of(
                response.path("choices").path(0).path("message").path("content").asText());
    }

    private static Supplier<InvalidAnswerException> invalid(String reason) {
        return () -> new InvalidAnswerException(reason);
    }

    /** Without what models put around their JSON: their thoughts before it, and a fence of code. */
    private static String unwrapped(String content) {
        String text = content.strip();
        if (!text.startsWith("{") && text.contains(END_OF_THOUGHT)) {
            text = text.substring(text.indexOf(END_OF_THOUGHT) + END_OF_THOUGHT.length())
                    .strip();
        }
        int begin = text.indexOf('{');
        boolean fenced = text.matches("(?s)```\\w*\\s*\\{.*```");
        return fenced ? text.substring(begin, text.length() - CODE_FENCE.length()) : text;
    }

    /** The object that stands there; empty when none does. The parser's own message is dropped: it quotes what it read. */
    static Optional<ObjectNode> object(byte[] json) {
        try {
            return JSON.readTree(json) instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
