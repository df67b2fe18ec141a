package org.memoryqueue.deployment;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code DATABASE_URL}: {@code postgresql://user:password@host:port/db}, with an optional query string. */
final class DatabaseUrl {

    // Not left to URI, which knows no host with an underscore, as services of a Compose file often have.
    private static final Pattern AUTHORITY =
            Pattern.compile("(?:(?<credentials>[^@]*)@)?(?<host>[\\w.-]+|\\[[\\p{XDigit}:.]+])(?::(?<port>\\d{1,5}))?");

    private DatabaseUrl() {}

    /**
     * The settings of the reactive client, and the address for the JDBC driver, which only migrations use.
     *
     * @throws IllegalArgumentException if the URL is not of that form; the message does not repeat it, since it holds a
     *     password
     */
    static Map<String, String> settings(String url) {
        URI uri = parse(url);
        Matcher authority = AUTHORITY.matcher(uri.getRawAuthority());
        if (!authority.matches()) {
            throw wrong();
        }
        String address = authority.group("host")
                + ":" + Objects.requireNonNullElse(authority.group("port"), "5432") + uri.getRawPath()
                + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
        Map<String, String> settings = new HashMap<>();
        settings.put("quarkus.datasource.reactive.url", "postgresql://" + address);
        settings.put("memory.database.jdbc-url", "jdbc:postgresql://" + address);
        if (authority.group("credentials") != null) {
            String[] credentials = authority.group("credentials").split(":", 2);
            settings.put("quarkus.datasource.username", decode(credentials[0]));
            if (credentials.length == 2) {
                settings.put("quarkus.datasource.password", decode(credentials[1]));
            }
        }
        return settings;
    }

    private static URI parse(String url) {
        URI uri;
        try {
            uri = URI.create(url);
        } catch (IllegalArgumentException e) {
            throw wrong();
        }
        boolean scheme = "postgresql".equals(uri.getScheme()) || "postgres".equals(uri.getScheme());
        if (!scheme || uri.getRawAuthority() == null || uri.getRawPath().length() < 2) {
            throw wrong();
        }
        return uri;
    }

    private static IllegalArgumentException wrong() {
        return new IllegalArgumentException("DATABASE_URL must have the form postgresql://user:password@host:port/db");
    }

    private static String decode(String text) {
        // A plus sign is itself in the user part of a URI; URLDecoder is made for forms.
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
