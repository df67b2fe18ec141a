package org.memoryqueue.testing.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * A call of a {@link FakeModel}.
 *
 * @param number counts the calls, from 1
 * @param requestLine method, path and protocol
 * @param headers by name in lower case
 * @param body what was sent
 */
public record Call(long number, String requestLine, Map<String, String> headers, JsonNode body) {

    private static final JsonMapper JSON = new JsonMapper();

    /** The transcript, with all that surrounds it in the prompt. */
    public String userMessage() {
        return body.path("messages").path(1).path("content").asText();
    }

    /** The task. */
    public String systemMessage() {
        return body.path("messages").path(0).path("content").asText();
    }

    /** Reads the next call of a connection; empty when the client has closed it. */
    static Optional<Call> read(InputStream in, LongSupplier numbers) throws IOException {
        String requestLine = readLine(in);
        if (requestLine.isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> headers = new HashMap<>();
        for (String line = readLine(in); !line.isEmpty(); line = readLine(in)) {
            String[] header = line.split(":", 2);
            headers.put(header[0].toLowerCase(Locale.ROOT), header[1].strip());
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException("The client went away in the middle of its request");
        }
        return Optional.of(new Call(numbers.getAsLong(), requestLine, headers, JSON.readTree(body)));
    }

    private static String readLine(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            line.append((char) c);
        }
        return line.toString().strip();
    }
}
