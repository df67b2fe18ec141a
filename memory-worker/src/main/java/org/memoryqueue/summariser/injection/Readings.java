package org.memoryqueue.summariser.injection;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Reads what is encoded in a text: what somebody would find who took the trouble to decode it. */
final class Readings {

    /** Shorter ones hold no instruction. */
    private static final int SHORTEST_ENCODED = 20;

    /** In characters, from its ampersand to its semicolon. */
    private static final int LONGEST_ENTITY = 8;

    private Readings() {}

    /** The texts that are hidden in a text. */
    static List<String> hiddenIn(String text) {
        List<String> hidden = new ArrayList<>();
        addIfAny(hidden, tags(text));
        addIfAny(hidden, percentDecoded(text));
        addIfAny(hidden, escapes(text));
        for (String run : encodedRuns(text)) {
            addIfAny(hidden, base64(run));
            addIfAny(hidden, hex(run));
        }
        return hidden;
    }

    /** The letters of the Latin alphabet moved by half of it. */
    static String rot13(String plain) {
        StringBuilder turned = new StringBuilder(plain.length());
        for (int i = 0; i < plain.length(); i++) {
            char c = plain.charAt(i);
            turned.append(c >= 'a' && c <= 'z' ? (char) ('a' + (c - 'a' + 13) % 26) : c);
        }
        return turned.toString();
    }

    private static void addIfAny(List<String> hidden, String text) {
        if (!text.isBlank()) {
            hidden.add(text);
        }
    }

    /** What is written in the invisible tags of Unicode, which mirror ASCII. */
    private static String tags(String text) {
        StringBuilder said = new StringBuilder();
        text.codePoints().filter(c -> c >= 0xE0020 && c <= 0xE007E).forEach(c -> said.append((char) (c - 0xE0000)));
        return said.toString();
    }

    private static String percentDecoded(String text) {
        int first = text.indexOf('%');
        if (first < 0 || text.indexOf('%', first + 1) < 0) {
            return "";
        }
        StringBuilder said = new StringBuilder();
        boolean decoded = false;
        for (int i = 0; i < text.length(); i++) {
            int value = text.charAt(i) == '%' ? hexByte(text, i + 1) : -1;
            said.append(value >= ' ' && value < 127 ? (char) value : text.charAt(i));
            decoded |= value >= ' ';
            i += value >= 0 ? 2 : 0;
        }
        return decoded ? said.toString() : "";
    }

    /** Escapes of Java, JSON and HTML: a backslash with u and four digits, an ampersand with a number. */
    private static String escapes(String text) {
        if (text.indexOf("\\u") < 0 && text.indexOf("\\x") < 0 && text.indexOf("&#") < 0) {
            return "";
        }
        StringBuilder said = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            int semicolon =
                    text.startsWith("&#", i) ? text.indexOf(';', i, Math.min(text.length(), i + LONGEST_ENTITY)) : -1;
            if (text.startsWith("\\u", i) && hexByte(text, i + 2) == 0 && hexByte(text, i + 4) >= ' ') {
                said.append((char) hexByte(text, i + 4));
                i += 5;
            } else if (text.startsWith("\\x", i) && hexByte(text, i + 2) >= ' ') {
                said.append((char) hexByte(text, i + 2));
                i += 3;
            } else if (semicolon > 0) {
                said.append(entity(text.substring(i + 2, semicolon)));
                i = semicolon;
            } else {
                said.append(text.charAt(i));
            }
        }
        return said.toString();
    }

    private static char entity(String number) {
        try {
            boolean hex = number.startsWith("x") || number.startsWith("X");
            return (char) Integer.parseInt(hex ? number.substring(1) : number, hex ? 16 : 10);
        } catch (NumberFormatException e) {
            return ' ';
        }
    }

    private static int hexByte(String text, int index) {
        if (index + 2 > text.length()) {
            return -1;
        }
        int high = Character.digit(text.charAt(index), 16);
        int low = Character.digit(text.charAt(index + 1), 16);
        return high < 0 || low < 0 ? -1 : high * 16 + low;
    }

    /** What stands between spaces and is long, made of what Base64 and hexadecimal are made of. */
    private static List<String> encodedRuns(String text) {
        List<String> runs = new ArrayList<>();
        int end;
        for (int start = 0; start < text.length(); start = end + 1) {
            end = start;
            while (end < text.length() && isEncodedSign(text.charAt(end))) {
                end++;
            }
            if (end - start >= SHORTEST_ENCODED) {
                runs.add(text.substring(start, end));
            }
        }
        return runs;
    }

    private static boolean isEncodedSign(char c) {
        boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        return letter || (c >= '0' && c <= '9') || "+/-_=".indexOf(c) >= 0;
    }

    private static String base64(String run) {
        String signs = run.replace('-', '+').replace('_', '/').replace("=", "");
        try {
            return printable(Base64.getDecoder()
                    .decode(signs.substring(0, signs.length() - (signs.length() % 4 == 1 ? 1 : 0))));
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static String hex(String run) {
        byte[] bytes = new byte[run.length() / 2];
        for (int i = 0; i < bytes.length; i++) {
            int value = hexByte(run, 2 * i);
            if (value < 0) {
                return "";
            }
            bytes[i] = (byte) value;
        }
        return printable(bytes);
    }

    /** A text, when most of it can be read. */
    private static String printable(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        long readable =
                text.chars().filter(c -> c >= ' ' && c != 0xFFFD && c != 127).count();
        return readable * 10 >= text.length() * 9L ? text : "";
    }
}
