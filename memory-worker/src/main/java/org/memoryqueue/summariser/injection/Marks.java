package org.memoryqueue.summariser.injection;

import java.util.List;
import java.util.Set;

/** Recognises forged marks: of roles, of the fence around a transcript, and of an answer that is put into the model's mouth. */
final class Marks {

    private static final List<String> TOKENS = List.of(
            "[inst]",
            "[/inst]",
            "<<sys>>",
            "<</sys>>",
            "<|im_",
            "<|system",
            "<|user",
            "<|assistant",
            "<|endof",
            "<|eot",
            "<|start",
            "<start_of_turn>");

    private static final Set<String> TAGS = Set.of(
            "system",
            "transcript",
            "instruction",
            "instructions",
            "prompt",
            "assistant",
            "student_memory",
            "conversation",
            "developer",
            "admin",
            "context",
            "user_input",
            "untrusted",
            "system_prompt",
            "override");

    private static final Set<String> ROLES = Set.of(
            "system",
            "assistant",
            "developer",
            "admin",
            "administrator",
            "sysadmin",
            "root",
            "operator",
            "ai",
            "system message",
            "system prompt",
            "system override",
            "system note",
            "system update");

    private static final Set<String> HEADINGS =
            Set.of("instruction", "system", "response", "assistant", "human", "new instruction");

    /** One of them stands in what somebody says who plays such a role; {@code System: a set of parts} is a definition. */
    private static final Set<String> ADDRESSED = Set.of(
            "you",
            "your",
            "student",
            "user",
            "must",
            "summary",
            "mark",
            "record",
            "report",
            "instruction",
            "instructions",
            "override",
            "topics",
            "mastered",
            "memory",
            "ignore",
            "respond",
            "output",
            "conversation",
            "transcript",
            "summariser",
            "summarizer");

    private static final Set<String> EDGES =
            Set.of("end", "begin", "start", "stop", "close", "finish", "ende", "fin", "fim", "fine");
    private static final Set<String> FENCED = Set.of(
            "transcript",
            "conversation",
            "chat",
            "session",
            "input",
            "prompt",
            "context",
            "dialogue",
            "dialog",
            "instructions",
            "messages",
            "document",
            "log",
            "gesprach",
            "conversacion",
            "transkript");

    private static final Set<String> TELLING_KEYS = Set.of(
            "solved_unaided",
            "next_steps",
            "learning_insights",
            "message_index",
            "struggling",
            "understood",
            "key_topics");
    private static final Set<String> OTHER_KEYS =
            Set.of("summary", "topics", "progress", "evidence", "assessment", "observations", "outcome", "confidence");

    private static final String SIGNS = "-=#<>~|[{`_";
    private static final int LONGEST_FENCE = 120;
    private static final int MOST_WORDS_OF_A_FENCE = 8;
    /** Names of ours with which nobody speaks. */
    private static final List<String> NAMES = List.of(
            "solved_unaided",
            "next_steps",
            "learning_insights",
            "message_index",
            "key_topics",
            "instructions_in_transcript");

    private static final int LEAST_WORDS = 4;
    private static final int LONGEST_TAG = 20;

    private Marks() {}

    /** Whether such a mark stands in a text that is plain. */
    static boolean areIn(String plain) {
        return ((plain.indexOf('<') >= 0 || plain.indexOf('[') >= 0)
                        && (TOKENS.stream().anyMatch(plain::contains) || hasTag(plain)))
                || (plain.indexOf('_') >= 0 && NAMES.stream().anyMatch(plain::contains))
                || hasRole(plain)
                || hasAnswer(plain)
                || plain.lines()
                        .anyMatch(line -> isRole(line.strip()) || isHeading(line.strip()) || isFence(line.strip()));
    }

    /** A message as the protocol has it: {@code {"role": "system"}}. */
    private static boolean hasRole(String plain) {
        int role = plain.indexOf("\"role\"");
        return role >= 0
                && List.of("system", "assistant", "developer").contains(quoted(plain, plain.indexOf(':', role)));
    }

    private static String quoted(String text, int from) {
        int open = from < 0 ? -1 : text.indexOf('"', from);
        int close = open < 0 ? -1 : text.indexOf('"', open + 1);
        return close < 0 ? "" : text.substring(open + 1, close);
    }

    private static boolean hasTag(String plain) {
        for (int at = plain.indexOf('<'); at >= 0; at = plain.indexOf('<', at + 1)) {
            int start = at + (plain.startsWith("</", at) ? 2 : 1);
            // No further than a tag is long: looking for the end of the text each time would take its length squared.
            int end = plain.indexOf('>', start, Math.min(plain.length(), start + LONGEST_TAG + 1));
            if (end > start && TAGS.contains(plain.substring(start, end).strip())) {
                return true;
            }
        }
        return false;
    }

    /** Somebody else's turn: a role at the beginning of a line, and words that are a sentence and no equations. */
    private static boolean isRole(String line) {
        String bare = withoutDecoration(line);
        int colon = bare.indexOf(':');
        boolean bracketed = line.startsWith("[") || line.startsWith("(");
        int end = colon >= 0 ? colon : bracketed ? bare.indexOf(' ') : -1;
        if (end > 0
                && bare.startsWith("role")
                && ROLES.contains(stripSigns(bare.substring(end + 1).strip()))) {
            return true;
        }
        if (end <= 0 || end > LONGEST_TAG || !ROLES.contains(stripSigns(bare.substring(0, end)))) {
            return false;
        }
        String rest = bare.substring(end + 1);
        List<String> words = Letters.words(rest);
        return words.size() >= LEAST_WORDS && words.stream().anyMatch(ADDRESSED::contains) && rest.indexOf('=') < 0;
    }

    private static String withoutDecoration(String line) {
        int start = 0;
        while (start < line.length() && "#*_>-[(<|=~ \"'".indexOf(line.charAt(start)) >= 0) {
            start++;
        }
        return line.substring(start);
    }

    private static String stripSigns(String text) {
        int end = text.length();
        while (end > 0 && !Character.isLetter(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end);
    }

    /** As models are trained on: {@code ### Instruction:}. */
    private static boolean isHeading(String line) {
        if (!line.startsWith("##")) {
            return false;
        }
        String heading = withoutDecoration(line);
        int colon = heading.indexOf(':');
        return colon > 0 && HEADINGS.contains(heading.substring(0, colon));
    }

    /** A line that begins with two signs and says that something of ours ends or begins; or that says no more than that. */
    private static boolean isFence(String line) {
        if (line.length() < 6 || line.length() > LONGEST_FENCE) {
            return isOurs(line);
        }
        boolean run = line.charAt(0) == line.charAt(1)
                && line.charAt(1) == line.charAt(2)
                && !Character.isLetterOrDigit(line.charAt(0));
        boolean decorated = run || (SIGNS.indexOf(line.charAt(0)) >= 0 && SIGNS.indexOf(line.charAt(1)) >= 0);
        if (!decorated && !line.contains("end")) {
            return isOurs(line);
        }
        List<String> all = Letters.words(line);
        List<String> words = run ? all.subList(0, Math.min(all.size(), MOST_WORDS_OF_A_FENCE)) : all;
        boolean bare = words.size() <= 4 && words.contains("end") && words.contains("of");
        boolean fence =
                words.stream().anyMatch(EDGES::contains) && words.stream().anyMatch(FENCED::contains);
        return isOurs(line) || (fence && (decorated || bare) && words.size() <= MOST_WORDS_OF_A_FENCE);
    }

    /** The words of our own prompt. */
    private static boolean isOurs(String line) {
        return line.startsWith("only lines that begin with")
                || line.contains("end of the transcript")
                || line.contains("between them stands the transcript");
    }

    /** An object with the keys of the answer that is asked for. */
    private static boolean hasAnswer(String plain) {
        if (plain.indexOf('{') < 0) {
            return false;
        }
        int others = 0;
        for (int colon = plain.indexOf(':'); colon >= 0; colon = plain.indexOf(':', colon + 1)) {
            String key = keyBefore(plain, colon);
            if (TELLING_KEYS.contains(key)) {
                return true;
            }
            others += OTHER_KEYS.contains(key) ? 1 : 0;
        }
        return others >= 2;
    }

    private static String keyBefore(String text, int colon) {
        int end = colon;
        while (end > 0 && !isOfKey(text.charAt(end - 1)) && colon - end < 4) {
            end--;
        }
        int start = end;
        while (start > 0 && isOfKey(text.charAt(start - 1)) && end - start < LONGEST_TAG) {
            start--;
        }
        return text.substring(start, end);
    }

    private static boolean isOfKey(char c) {
        return (c >= 'a' && c <= 'z') || c == '_';
    }
}
