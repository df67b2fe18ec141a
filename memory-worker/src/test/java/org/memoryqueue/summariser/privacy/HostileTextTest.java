package org.memoryqueue.summariser.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts that are made to make a detector slow, or to confuse it. With a look back too many, one of these takes minutes. */
class HostileTextTest {

    private static final int LONG = 100_000;

    private final PersonalData data = new PersonalData(List.of("Mia Keller", "aa aa", "王小明"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@",
                "a@",
                "a.",
                "a@a.",
                "(at)",
                " at ",
                " dot ",
                "1",
                "1 ",
                "0-",
                "+1",
                "(1)",
                "12 345 ",
                "://",
                "a://b@",
                "?key=",
                "x?a=b&",
                "[",
                "de12",
                "ab12 ",
                "A1 ",
                "call me ",
                "my number is ",
                "my number is 1 ",
                "mia ",
                "aa ",
                "王小",
                "e\u0301",
                "\u200b",
                "\ud83d\ude00",
                "\ud83d",
                "1.1.1.1-",
                "\"a@",
                "4111 ",
                "12345678Z-",
                "\n",
                "a@b.co(dot)"
            })
    void areReadInOnePass(String piece) {
        String text = piece.repeat(LONG / piece.length());

        for (Span span : data.in(text)) {
            assertThat(span.start()).isBetween(0, text.length());
            assertThat(span.end()).isBetween(span.start() + 1, text.length());
        }
    }

    @Test
    void neverBreakTheOrderOfSpans() {
        Random random = new Random(20_261_124);
        String[] pieces = {
            "a",
            "1",
            "@",
            ".",
            " ",
            "-",
            "(",
            ")",
            "+",
            "://",
            "?key=",
            "http",
            "0",
            "49",
            "\u200b",
            "é",
            "王小明",
            "\ud83d\ude00",
            "\n",
            "DE",
            "mia keller"
        };
        for (int round = 0; round < 5_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(60); i >= 0; i--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            int end = 0;
            for (Span span : data.in(text.toString())) {
                assertThat(span.start()).as(text.toString()).isGreaterThanOrEqualTo(end);
                assertThat(span.end())
                        .as(text.toString())
                        .isGreaterThan(span.start())
                        .isLessThanOrEqualTo(text.length());
                end = span.end();
            }
        }
    }

    @Test
    void areFoundAmongMuchElse() {
        String text = "12 + 3 = 15, ".repeat(10_000) + "mail mia@example.org " + "9 x 9 = 81; ".repeat(10_000);

        assertThat(data.in(text))
                .extracting(span -> text.substring(span.start(), span.end()))
                .containsExactly("mia@example.org");
    }
}
