package org.memoryqueue.deployment;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Reads {@code DATABASE_URL}: {@code postgresql://user:password@host:port/db}, with an optional query string. */
final class DatabaseUrl {

    private DatabaseUrl() {}

    /**
     * The settings of the reactive client, and the address for the JDBC driver, which only migrations use.
     *
     * @throws IllegalArgumentException if the URL is not of that form; the message does not repeat it, since it holds a
     *     password
     */
    static Map<String, String> settings(String url) {
        URI uri = parse(url);
        String address = uri.getHost() + ":" + (uri.getPort() == -1 ? 5432 : uri.getPort()) + uri.getRawPath()
                + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
        Map<String, String> settings = new HashMap<>();
        settings.put("quarkus.datasource.reactive.url", "postgresql://" + address);
        settings.put("memory.database.jdbc-url", "jdbc:postgresql://" + address);
        if (uri.getRawUserInfo() != null) {
            String[] credentials = uri.getRawUserInfo().split(":", 2);
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
        if (!scheme || uri.getHost() == null || uri.getRawPath().length() < 2) {
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
