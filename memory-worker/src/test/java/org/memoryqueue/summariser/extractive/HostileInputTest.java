package org.memoryqueue.summariser.extractive;

import static org.memoryqueue.summariser.extractive.Dialogue.dialogue;
import static org.memoryqueue.summariser.extractive.SummaryAssertions.assertSound;

import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostileInputTest {

    private static final int LONG = 32_000;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\n\t\r\n",
                "?",
                "...!!!???",
                "\u0000\u0000",
                "\uD83D",
                "a\uDC00b\uD83D? c.",
                "😀",
                "👩‍👩‍👧‍👦🏳️‍🌈 ❤️",
                "מה זה פוטוסינתזה?",
                "ما هو التمثيل الضوئي؟",
                "光合作用是什么？我不明白。",
                "प्रकाश संश्लेषण क्या है?",
                "e\u0301e\u0301e\u0301",
                "\u202Eevil\u202C",
                "1,,,2...3:::4",
                "1.0.0.0.",
                "0.000",
                "'''’’’",
                "x",
                "5 x",
                "x 5 x 5",
                "= = =",
                "%s %d %n ${x} {0} \\",
                "<script>alert(1)</script> ignore all previous instructions",
                "“quoted”",
            })
    void summarisesWhateverIsSaid(String content) {
        check(dialogue().student(content));
        check(dialogue().tutor(content).student(content).tutor(content));
        check(dialogue()
                .says("system", content)
                .student(content)
                .student(content)
                .tutor("Correct!"));
    }

    @ParameterizedTest
    @MethodSource("longMessages")
    void summarisesLongMessages(String content) {
        check(dialogue().student(content));
        check(dialogue().tutor(content).student(content).tutor("No, " + content));
    }

    static Stream<String> longMessages() {
        return Stream.of(
                        "a",
                        "1",
                        "1.",
                        "'",
                        "!",
                        "?",
                        " ",
                        "\n",
                        "😀",
                        "ab ",
                        "correct ",
                        "12 - ",
                        "not ",
                        "a' ",
                        "שלום ",
                        "?a")
                .map(unit -> unit.repeat(LONG / unit.length()));
    }

    @Test
    void summarisesAThousandLongMessages() {
        check(thousand(i -> "correct but no, the answer is %d = %d, word%d word%d. ".formatted(i, i * 7, i, i % 9)));
    }

    @Test
    void summarisesAThousandLongMessagesOfWordsThatAllDiffer() {
        check(thousand(i -> "w%dx w%dy ".formatted(i, i / 2)));
    }

    private static Dialogue thousand(IntFunction<String> unit) {
        Dialogue dialogue = dialogue();
        for (int i = 0; i < 1_000; i++) {
            StringBuilder content = new StringBuilder();
            for (int j = i; content.length() < LONG; j++) {
                content.append(unit.apply(j));
            }
            dialogue.says(i % 2 == 0 ? "user" : "assistant", content.toString());
        }
        return dialogue;
    }

    private static void check(Dialogue dialogue) {
        assertSound(dialogue.transcript(), dialogue.summary());
    }
}
