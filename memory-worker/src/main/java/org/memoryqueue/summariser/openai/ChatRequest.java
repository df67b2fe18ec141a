package org.memoryqueue.summariser.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.memoryqueue.summariser.openai.LlmConfig.ResponseFormat;

/** A kind of request of the chat-completions protocol: one task, one schema for the answer, and each time other data. */
final class ChatRequest {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final JsonNode model;
    private final JsonNode temperature;
    private final JsonNode responseFormat;
    private final boolean asksForCost;
    private final String schemaInTask;
    private final int tokensOfSchema;

    ChatRequest(Provider provider, LlmConfig config, String name, JsonSchema schema) {
        JsonNode sent = schema.toSend();
        boolean bySchema = config.responseFormat() == ResponseFormat.JSON_SCHEMA;
        this.model = NODES.textNode(provider.model());
        this.temperature = NODES.numberNode(config.temperature());
        this.responseFormat =
                bySchema ? answerBySchema(name, sent) : NODES.objectNode().put("type", "json_object");
        this.asksForCost = provider.asksForCost();
        this.schemaInTask = bySchema ? "" : "- The object keeps to this JSON Schema:\n" + sent;
        this.tokensOfSchema = TokenEstimate.of(sent.toString());
    }

    private static JsonNode answerBySchema(String name, JsonNode schema) {
        ObjectNode format = NODES.objectNode().put("type", "json_schema");
        format.putObject("json_schema").put("name", name).put("strict", true).set("schema", schema);
        return format;
    }

    /** How many tokens remain for the data; the schema counts, wherever it stands. */
    int tokensForData(int mostTokens, String task) {
        return mostTokens - tokensOfSchema - TokenEstimate.of(task);
    }

    /** The request for one set of data. */
    JsonNode of(String task, String data) {
        ObjectNode request = NODES.objectNode();
        request.set("model", model);
        request.set("temperature", temperature);
        request.set("response_format", responseFormat);
        if (asksForCost) {
            request.putObject("usage").put("include", true);
        }
        request.putArray("messages").add(message("system", task + schemaInTask)).add(message("user", data));
        return request;
    }

    /** How many tokens a request has at most, as they are estimated. */
    static int estimatedTokens(JsonNode request) {
        return TokenEstimate.of(request.path("response_format").toString())
                + request.path("messages")
                        .valueStream()
                        .mapToInt(message ->
                                TokenEstimate.of(message.path("content").textValue()))
                        .sum();
    }

    private static ObjectNode message(String role, String content) {
        return NODES.objectNode().put("role", role).put("content", content);
    }
}
