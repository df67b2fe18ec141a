package org.memoryqueue.api;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.regex.Matcher;

/** Requests that are random, or were valid before they were spoilt; the same for the same seed. */
final class RandomRequests {

    private static final List<String> METHODS = List.of(
            "GET", "GET", "GET", "POST", "POST", "POST", "POST", "PATCH", "DELETE", "PUT", "HEAD", "OPTIONS", "TRACE",
            "BREW");

    private static final List<String> PATHS = List.of(
            "/api/student/memory",
            "/api/student/memory",
            "/api/student/memory",
            "/api/student/memory",
            "/api/student/memory",
            "/api/student/memory",
            "/api/student/memory",
            "/api/student/memory",
            "/api/student/memory/jobs/1",
            "/api/student/memory/jobs/%s",
            "/api/student/memory/jobs/%s/events",
            "/api/student/memory/context",
            "/api/student/memory/export",
            "/api/student/memory/%s",
            "/api/student/memory/3f6b2a0e-7d1c-4b8e-9a55-0c2d4e6f8a10",
            "/api/admin/profiles/rebuild",
            "/api/admin/queue-status",
            "/api/admin/queue/%s",
            "/api/admin/jobs",
            "/api/admin/jobs/%s",
            "/api/admin/jobs/retry",
            "/api/admin/jobs/%s/retry",
            "/api/admin/erasures",
            "/api/admin/audit",
            "/api/admin/usage",
            "/api/health/queue",
            "/%s",
            "/api/%s/%s");

    private static final List<String> PARAMETERS = List.of(
            "studentId",
            "chatbotId",
            "limit",
            "cursor",
            "jobId",
            "maxCharacters",
            "topic",
            "hidden",
            "reason",
            "state",
            "priority",
            "roomId",
            "from",
            "to",
            "errorCode",
            "%00",
            "a[]");

    private static final List<String> HEADERS = List.of(
            "Content-Type",
            "Accept",
            "Idempotency-Key",
            "X-Request-Id",
            "traceparent",
            "Origin",
            "Cookie",
            "Host",
            "Accept-Encoding",
            "X-Forwarded-For",
            "Range",
            "If-None-Match",
            "Expect-CT",
            "X-Http-Method-Override");

    /** What has broken services before. */
    private static final List<String> NASTY = List.of(
            "",
            " ",
            "\0",
            "\\u0000",
            "\\ud800",
            "\\udc00\\ud800",
            "%00",
            "%zz",
            "%c0%ae",
            "%2e%2e%2f",
            "../../etc/passwd",
            "null",
            "true",
            "[]",
            "{}",
            "-1",
            "0",
            "9223372036854775807",
            "9223372036854775808",
            "1e400",
            "NaN",
            "1.5",
            "0x10",
            "'",
            "\"",
            "'; DROP TABLE memory.memory_job; --",
            "${jndi:ldap://x}",
            "#{7*7}",
            "<script>",
            "\r",
            "\t",
            "\u00fc\u00f1\u00ee",
            "\ud83d\ude00",
            "\u202e",
            "a".repeat(129),
            "9".repeat(400),
            "2026-02-30T10:00:00Z",
            "2026-01-01",
            "+292278994-08-17T07:12:55Z",
            "AAAA",
            "MjAyNi0wMS0wMSAx");

    private final Random random;
    private final List<Supplier<String>> tokens;

    RandomRequests(long seed, List<String> tokens) {
        this.random = new Random(seed);
        List<Supplier<String>> all = new ArrayList<>();
        tokens.forEach(token -> all.add(() -> "Bearer " + token));
        tokens.forEach(token -> all.add(() -> "Bearer " + token));
        all.add(() -> "Bearer " + mutate(tokens.getFirst()));
        all.add(() -> pick(NASTY).replace('\r', ' ').replace('\0', ' '));
        this.tokens = all;
    }

    /** The bytes of one request, complete by its own account. */
    byte[] next() {
        String method = pick(METHODS);
        byte[] body = method.equals("GET") && random.nextInt(5) > 0 ? new byte[0] : body();
        StringBuilder head =
                new StringBuilder(method).append(' ').append(target()).append(" HTTP/1.1\r\n");
        head.append("Host: localhost\r\nConnection: close\r\nAuthorization: ")
                .append(pick(tokens).get())
                .append("\r\n");
        head.append("Content-Type: ")
                .append(random.nextInt(6) > 0 ? "application/json" : line(pick(NASTY)))
                .append("\r\n");
        for (int i = random.nextInt(4); i > 0; i--) {
            String name = random.nextInt(8) > 0 ? pick(HEADERS) : "X-" + random.nextInt(1000);
            head.append(name)
                    .append(": ")
                    .append(line(random.nextBoolean() ? pick(NASTY) : text(20)))
                    .append("\r\n");
        }
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        if (random.nextInt(5) == 0 && body.length > 0) {
            head.append("Transfer-Encoding: chunked\r\n\r\n");
            request.writeBytes(bytes(head));
            int half = body.length / 2;
            chunk(request, body, 0, half);
            chunk(request, body, half, body.length - half);
            request.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        } else {
            head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
            request.writeBytes(bytes(head));
            request.writeBytes(body);
        }
        return request.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream request, byte[] body, int from, int length) {
        if (length > 0) {
            request.writeBytes((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            request.write(body, from, length);
            request.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
    }

    private String target() {
        String path = pick(PATHS);
        while (path.contains("%s")) {
            path = path.replaceFirst("%s", Matcher.quoteReplacement(inTarget(word())));
        }
        StringBuilder target = new StringBuilder(path);
        int parameters = random.nextInt(4);
        for (int i = 0; i < parameters; i++) {
            target.append(i == 0 ? '?' : '&')
                    .append(pick(PARAMETERS))
                    .append('=')
                    .append(inTarget(word()));
        }
        return target.toString();
    }

    private String word() {
        return switch (random.nextInt(4)) {
            case 0 -> pick(NASTY);
            case 1 -> String.valueOf(random.nextInt(300));
            case 2 -> pick(List.of("ada", "tutor", "failed", "pause", "resume", "drain", "high", "waiting", "5"));
            default -> text(12);
        };
    }

    private byte[] body() {
        return switch (random.nextInt(5)) {
            case 0 -> randomJson(0).getBytes(StandardCharsets.UTF_8);
            case 1 -> bytesAtRandom();
            case 2 -> "[".repeat(random.nextInt(3_000)).getBytes(StandardCharsets.US_ASCII);
            default -> spoil(session());
        };
    }

    private String session() {
        StringBuilder messages = new StringBuilder();
        for (int i = 0; i <= random.nextInt(6); i++) {
            messages.append(i == 0 ? "" : ",")
                    .append("{\"role\":\"")
                    .append(pick(List.of("user", "assistant", "system", "user")))
                    .append("\",\"content\":\"")
                    .append(random.nextInt(4) == 0 ? pick(NASTY).replace("\"", "\\\"") : "What is " + i + "?")
                    .append("\"}");
        }
        return "{\"studentId\":\"fuzz-%d\",\"chatbotId\":\"%s\",\"roomId\":\"room\",\"messages\":[%s],\"sessionStartTime\":\"%s\"}"
                .formatted(
                        random.nextInt(200),
                        random.nextInt(6) == 0 ? pick(NASTY).replace("\"", "") : "tutor",
                        messages,
                        random.nextInt(6) == 0 ? pick(NASTY).replace("\"", "") : "2026-01-15T09:00:00Z");
    }

    private byte[] spoil(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return switch (random.nextInt(6)) {
            case 0 -> Arrays.copyOf(bytes, random.nextInt(bytes.length));
            case 1 -> {
                for (int i = random.nextInt(5); i >= 0; i--) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
                }
                yield bytes;
            }
            case 2 ->
                json.replaceFirst(
                                "\"[a-zA-Z]+\":",
                                Matcher.quoteReplacement(
                                        "\"" + text(5).replace("\"", "").replace("\\", "") + "\":"))
                        .getBytes(StandardCharsets.UTF_8);
            case 3 ->
                json.replaceFirst("\"fuzz-\\d+\"", Matcher.quoteReplacement(randomJson(2)))
                        .getBytes(StandardCharsets.UTF_8);
            default -> bytes;
        };
    }

    private String randomJson(int depth) {
        return switch (random.nextInt(depth > 4 ? 4 : 6)) {
            case 0 -> "\"" + text(8).replace("\\", "").replace("\"", "") + "\"";
            case 1 -> String.valueOf(random.nextDouble() * Math.pow(10, random.nextInt(40)));
            case 2 -> pick(List.of("null", "true", "false"));
            case 3 -> pick(NASTY);
            case 4 -> "[" + randomJson(depth + 1) + "," + randomJson(depth + 1) + "]";
            default ->
                "{\"" + pick(PARAMETERS) + "\":" + randomJson(depth + 1) + ",\"messages\":" + randomJson(depth + 1)
                        + "}";
        };
    }

    private byte[] bytesAtRandom() {
        byte[] bytes = new byte[random.nextInt(200)];
        random.nextBytes(bytes);
        return bytes;
    }

    private String text(int length) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(length + 1); i > 0; i--) {
            text.append((char) (random.nextInt(8) == 0 ? random.nextInt(0x3000) : 32 + random.nextInt(95)));
        }
        return text.toString();
    }

    private String mutate(String token) {
        StringBuilder mutated = new StringBuilder(token);
        mutated.setCharAt(random.nextInt(token.length()), (char) (33 + random.nextInt(90)));
        return mutated.toString();
    }

    /** What would end the line would make it another request. */
    private static String line(String value) {
        return value.replace('\r', ' ').replace('\n', ' ').replace('\0', ' ');
    }

    private static String inTarget(String value) {
        return line(value).replace(' ', '+').replace('\t', '+');
    }

    private static byte[] bytes(StringBuilder head) {
        return head.toString().getBytes(StandardCharsets.UTF_8);
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
