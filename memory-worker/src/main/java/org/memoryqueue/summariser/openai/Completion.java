package org.memoryqueue.summariser.openai;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.memoryqueue.summariser.InvalidAnswerException;
import org.memoryqueue.summariser.RejectedTranscriptException;
import org.memoryqueue.summariser.SummariserException;

/** Finds the answer within a response of the chat-completions protocol. */
final class Completion {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final String END_OF_THOUGHT = "</think>";
    private static final String CODE_FENCE = "```";

    private Completion() {}

    /**
     * The JSON object with which the model answered, as it stands there.
     *
     * @throws SummariserException if there is none; no reason repeats anything that was answered
     */
    static JsonNode answer(byte[] body) {
        JsonNode response = object(body, "the response of the model is no JSON object");
        if (response.path("error").isObject()) {
            throw Refusal.reported(response.path("error").path("code").asInt());
        }
        JsonNode choice = response.path("choices").path(0);
        if (choice.path("error").isObject()) {
            throw Refusal.reported(choice.path("error").path("code").asInt());
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
        byte[] json = unwrapped(content.textValue()).getBytes(StandardCharsets.UTF_8);
        return object(json, "the answer of the model is no JSON object");
    }

    /** Without what models put around their JSON: their thoughts before it, and a fence of code. */
    private static String unwrapped(String content) {
        String text = content.strip();
        if (!text.startsWith("{") && text.contains(END_OF_THOUGHT)) {
            text = text.substring(text.indexOf(END_OF_THOUGHT) + END_OF_THOUGHT.length())
                    .strip();
        }
        int firstLineEnd = text.indexOf('\n');
        boolean fenced = text.startsWith(CODE_FENCE) && text.endsWith(CODE_FENCE) && firstLineEnd >= 0;
        return fenced ? text.substring(firstLineEnd, text.length() - CODE_FENCE.length()) : text;
    }

    /** The parser's own message is dropped: it quotes what it could not read. */
    private static JsonNode object(byte[] json, String complaint) {
        try {
            if (JSON.readTree(json) instanceof ObjectNode object) {
                return object;
            }
        } catch (IOException e) {
            throw new InvalidAnswerException(complaint);
        }
        throw new InvalidAnswerException(complaint);
    }
}
