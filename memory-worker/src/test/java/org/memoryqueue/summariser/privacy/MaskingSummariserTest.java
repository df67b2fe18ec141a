package org.memoryqueue.summariser.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.memoryqueue.summariser.privacy.Lesson.masked;
import static org.memoryqueue.summariser.privacy.Lesson.summary;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.memoryqueue.memory.Evidence;
import org.memoryqueue.memory.Summary;
import org.memoryqueue.summariser.TextLimits;
import org.memoryqueue.transcript.Transcript;

class MaskingSummariserTest {

    private static final String MAIL = "mia@example.org";
    private static final String PHONE = "+49 170 5550123";
    private static final Transcript LESSON =
            Lesson.of("Write to " + MAIL + " or call " + PHONE + ", 3/4 is 0.75", "Good.");

    @Test
    void restoresWhatItMaskedEverywhereInTheSummary() {
        AtomicReference<String> seen = new AtomicReference<>("");

        Summary summary = masked(LESSON, words -> {
            seen.set(words);
            return summary("About " + placeholder(words, 0) + ".", words);
        });

        assertThat(seen.get()).matches("Write to \\[EMAIL-1-[a-z0-9]{4}] or call \\[PHONE-2-[a-z0-9]{4}], 3/4 is 0.75");
        assertThat(summary)
                .isEqualTo(summary(
                        "About " + MAIL + ".", LESSON.messages().getFirst().content()));
    }

    @Test
    void namesEqualDataAlikeInAllMessagesAndEachTime() {
        Transcript lesson = Lesson.of("I am " + MAIL, "You are " + MAIL + " and not bo@example.org.");
        PersonalData data = new PersonalData(List.of());

        List<String> words = Placeholders.of(lesson, data).masked().messages().stream()
                .map(message -> message.content())
                .toList();

        String mine = placeholder(words.getFirst(), 0);
        assertThat(words.getLast()).startsWith("You are " + mine).contains("[EMAIL-2-");
        assertThat(Placeholders.of(lesson, data).masked())
                .isEqualTo(Placeholders.of(lesson, data).masked());
    }

    @Test
    void tellsTheModelNothingAboutWhatItMasked() {
        PersonalData data = new PersonalData(List.of());

        assertThat(Placeholders.of(Lesson.of("I am ada@example.org"), data).masked())
                .isEqualTo(Placeholders.of(Lesson.of("I am bo.very-long-name@mail.example.com"), data)
                        .masked());
    }

    @Test
    void doesNotTakeForAPlaceholderWhatSomebodySaid() {
        // With the very mark that the transcript would have without it.
        String mark = mark(Placeholders.of(Lesson.of("me: " + MAIL, "ok"), new PersonalData(List.of())));
        String forged = "[EMAIL-1-" + mark + "]";
        Transcript lesson = Lesson.of("me: " + MAIL, "ok " + forged + " [EMAIL-1]");

        Summary summary = masked(lesson, words -> summary(forged + " [EMAIL-1] " + placeholder(words, 0), words));

        assertThat(summary.conversationSummary()).isEqualTo(forged + " [EMAIL-1] " + MAIL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[email-1-%s]",
                "EMAIL-1-%s",
                "(EMAIL_1_%s)",
                "[E-MAIL-1-%s]",
                "[Correo-1-%s]",
                "[EMAIL 1 %s]",
                "\"[EMAIL-1-%s]\""
            })
    void restoresAPlaceholderThatTheModelChangedAndThatStillSaysWhichItIs(String changed) {
        Summary summary =
                masked(LESSON, words -> summary("It is " + changed.formatted(markOf(words)) + " here", words));

        assertThat(summary.conversationSummary()).contains(MAIL).doesNotContain(PHONE, "EMAIL", "email", "orreo", "-1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[EMAIL-9-%s]",
                "[EMAIL-2-%s]",
                "[PHONE-1-%s]",
                "[-%s]",
                "%s",
                "[EMAIL-1-",
                "[EMAIL-1]",
                "[PHONE-7-abcd]",
                "[EMAIL-99999999999999-%s]"
            })
    void leavesNothingOfAPlaceholderThatIsDamagedOrMadeUp(String damaged) {
        Summary summary =
                masked(LESSON, words -> summary("It is " + damaged.formatted(markOf(words)) + " here", words));

        assertThat(summary.conversationSummary())
                .contains(Placeholders.LOST)
                .doesNotContain(MAIL, PHONE, "EMAIL", "PHONE");
    }

    @Test
    void dropsAFindingWhoseQuoteCutsAPlaceholder() {
        Summary cut = masked(LESSON, words -> summary("A claim.", words.substring(0, words.indexOf("-1-") + 2)));

        assertThat(cut.evidence()).isEmpty();
        assertThat(cut.insights().understood()).isEmpty();
        assertThat(cut.keyTopics()).isEmpty();
        assertThat(cut.observations()).isEmpty();
        assertThat(cut.conversationSummary()).isEqualTo("A claim.");
    }

    @Test
    void everyQuoteStandsInTheOriginal() {
        for (Sentences sentence : Sentences.all()) {
            Transcript lesson = Lesson.of(sentence.text());
            Summary summary = masked(lesson, words -> summary("A claim.", words));
            assertThat(summary.evidence())
                    .hasSize(2)
                    .extracting(Evidence::quote)
                    .containsOnly(sentence.text());
        }
    }

    @Test
    void restoresNoTextBeyondWhatAModelMayWrite() {
        String link = "https://example.org/?token=" + "é1".repeat(10_000);
        Transcript lesson = Lesson.of("My 🎉 is " + link, "Good.");

        Summary summary =
                masked(lesson, words -> summary(("😀" + placeholder(words, 0)).repeat(200), words + words.charAt(0)));
        Summary quoted = masked(lesson, words -> summary(placeholder(words, 0), words));

        assertThat(summary.conversationSummary()).hasSizeBetween(TextLimits.SUMMARY - 1, TextLimits.SUMMARY);
        assertThat(summary.insights().progress()).hasSizeBetween(TextLimits.PROGRESS - 1, TextLimits.PROGRESS);
        assertThat(summary.nextSteps()).hasSizeBetween(TextLimits.NEXT_STEPS - 1, TextLimits.NEXT_STEPS);
        assertThat(quoted.insights().understood())
                .singleElement()
                .satisfies(claim -> assertThat(claim).hasSize(TextLimits.CLAIM));
        assertThat(quoted.keyTopics())
                .singleElement()
                .satisfies(topic -> assertThat(topic).hasSize(TextLimits.TOPIC));
        assertThat(quoted.observations()).hasSize(1);
        assertThat(quoted.evidence())
                .as("a quote that is cut off is one")
                .hasSize(2)
                .allSatisfy(evidence -> {
                    assertThat(evidence.quote()).hasSize(TextLimits.QUOTE);
                    assertThat(lesson.messages().getFirst().content()).contains(evidence.quote());
                });
    }

    @Test
    void cutsNoCharacterInTwo() {
        Placeholders placeholders = Placeholders.of(LESSON, new PersonalData(List.of()));
        String mail = placeholder(placeholders.masked().messages().getFirst().content(), 0);

        assertThat(placeholders.restored(mail + "😀!", MAIL.length() + 1)).isEqualTo(MAIL);
        assertThat(placeholders.restored(mail + "😀!", MAIL.length() + 2)).isEqualTo(MAIL + "😀");
    }

    @Test
    void handsOnATranscriptWithoutPersonalDataAsItIs() {
        AtomicReference<Transcript> seen = new AtomicReference<>(LESSON);
        Transcript innocent = Lesson.of("[EMAIL-1] 555 - 1234 =", "Yes");
        Summary said = summary("[EMAIL-1] and [PHONE-2-abcd]", "made up");

        Summary summary = new MaskingSummariser(
                        transcript -> {
                            seen.set(transcript);
                            return io.smallrye.mutiny.Uni.createFrom().item(said);
                        },
                        new PersonalData(List.of()))
                .summarise(innocent)
                .await()
                .indefinitely();

        assertThat(seen.get()).isSameAs(innocent);
        assertThat(summary).isSameAs(said);
    }

    private static String placeholder(String words, int from) {
        int start = words.indexOf('[', from);
        return words.substring(start, words.indexOf(']', start) + 1);
    }

    private static String markOf(String words) {
        String placeholder = placeholder(words, 0);
        return placeholder.substring(placeholder.lastIndexOf('-') + 1, placeholder.length() - 1);
    }

    private static String mark(Placeholders placeholders) {
        return markOf(placeholders.masked().messages().getFirst().content());
    }
}
