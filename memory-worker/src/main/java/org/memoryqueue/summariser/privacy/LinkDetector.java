package org.memoryqueue.summariser.privacy;

import java.util.List;
import java.util.Set;

/**
 * Finds links that hold a secret: a user with or without a password before the host, or a token, key, signature or
 * password among the parameters. The whole link counts, since its path often leads to something private as well.
 */
final class LinkDetector implements Detector {

    private static final Set<String> SECRETS = Set.of(
            "token",
            "accesstoken",
            "refreshtoken",
            "idtoken",
            "authtoken",
            "key",
            "apikey",
            "accesskey",
            "secretkey",
            "privatekey",
            "authkey",
            "sharekey",
            "secret",
            "clientsecret",
            "sig",
            "signature",
            "password",
            "passwd",
            "passwort",
            "pass",
            "pwd",
            "pw",
            "auth",
            "authorization",
            "jwt",
            "sid",
            "session",
            "sessionid",
            "phpsessid",
            "jsessionid",
            "credential",
            "credentials",
            "otp",
            "code",
            "ticket",
            "tk",
            "pin",
            "invite",
            "hash",
            "magic",
            "nonce",
            "bearer");

    private static final String CLOSING = ".,;:!?)]}'\"*`>";

    @Override
    public void find(Folded text, List<Span> found) {
        int end;
        for (int start = 0; start < text.length(); start = end + 1) {
            end = start;
            while (end < text.length() && !isBoundary(text, end)) {
                end++;
            }
            read(text, start, end, found);
        }
    }

    private static boolean isBoundary(Folded text, int index) {
        char c = text.at(index);
        return text.isSpace(index) || c == '"' || c == '<' || c == '>' || c == '`';
    }

    /** Reads what stands between two spaces. */
    private static void read(Folded text, int start, int end, List<Span> found) {
        int authority = afterScheme(text, start, end);
        int link = authority < 0 ? hostStart(text, start, end) : schemeStart(text, start, authority - 3);
        int last = end;
        while (last > link && CLOSING.indexOf(text.at(last - 1)) >= 0) {
            last--;
        }
        if (authority >= 0
                ? hasUser(text, authority, last) || hasSecret(text, authority, last)
                : hasSecret(text, link, last)) {
            found.add(new Span(link, last, Kind.LINK));
        }
    }

    /** Where a host begins behind a scheme; negative where there is no scheme. */
    private static int afterScheme(Folded text, int start, int end) {
        for (int i = start + 1; i + 2 < end; i++) {
            if (text.at(i) == ':' && text.at(i + 1) == '/' && text.at(i + 2) == '/') {
                return i + 3;
            }
        }
        return -1;
    }

    private static int schemeStart(Folded text, int start, int colon) {
        int i = colon;
        while (i > start && (text.isLetter(i - 1) || text.isDigit(i - 1) || "+-.:".indexOf(text.at(i - 1)) >= 0)) {
            i--;
        }
        return i;
    }

    private static int hostStart(Folded text, int start, int end) {
        int i = start;
        while (i < end && !text.isLetter(i) && !text.isDigit(i)) {
            i++;
        }
        return i;
    }

    private static boolean hasUser(Folded text, int authority, int end) {
        for (int i = authority; i < end && "/?#".indexOf(text.at(i)) < 0; i++) {
            if (text.at(i) == '@' && i > authority && i + 1 < end) {
                return true;
            }
        }
        return false;
    }

    /** Whether a parameter of the query or the fragment is named like a secret, and is not empty. */
    private static boolean hasSecret(Folded text, int start, int end) {
        boolean inHost = true;
        boolean dotted = false;
        int name = -1;
        for (int i = start; i < end; i++) {
            char c = text.at(i);
            dotted |= inHost && (c == '.' || c == ':') && i > start;
            if (c == '?' || c == '#' || c == '&' || c == ';') {
                inHost = false;
                name = i + 1;
            } else if (c == '/') {
                inHost = false;
            } else if (c == '=' && name >= 0) {
                if (dotted && i + 1 < end && text.at(i + 1) != '&' && isSecret(text, name, i)) {
                    return true;
                }
                name = -1;
            }
        }
        return false;
    }

    /** {@code access_token}, {@code X-Amz-Signature} and {@code apiKey} are; {@code monkey} is not. */
    private static boolean isSecret(Folded text, int start, int end) {
        if (end - start > 40) {
            return false;
        }
        StringBuilder whole = new StringBuilder();
        StringBuilder part = new StringBuilder();
        for (int i = start; i < end; i++) {
            if (text.isLetter(i) || text.isDigit(i)) {
                whole.append(text.at(i));
                if (text.isCapital(i) && !text.isCapital(i - 1)) {
                    part.setLength(0);
                }
                part.append(text.at(i));
            } else if (SECRETS.contains(part.toString())) {
                return true;
            } else {
                part.setLength(0);
            }
        }
        return SECRETS.contains(part.toString()) || SECRETS.contains(whole.toString());
    }
}
