package org.memoryqueue.summariser.openai;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.memoryqueue.transcript.Message;
import org.memoryqueue.transcript.Transcript;

class PartitionTest {

    private static final int ROUNDS = 300;
    private static final long SEED = 20_261_124;
    private static final String[] ALPHABET = {"a", "Z", " ", " ", "7", "\n", "=", "é", "ж", "分", "数", "🎉", "\uD83D"};

    @Test
    void leavesAShortTranscriptWhole() {
        List<Part> parts = Partition.of(Talk.FRACTIONS, 10_000, 10);

        assertThat(parts).singleElement().satisfies(part -> {
            assertThat(part.isWhole()).isTrue();
            assertThat(part.pieces()).extracting(Piece::index).containsExactly(1, 2, 3, 4);
            assertThat(part.studentMessageCount()).isEqualTo(2);
            assertThat(part.shows(0)).as("a system message").isFalse();
        });
    }

    @Test
    void cutsBetweenMessages() {
        Transcript transcript = Talk.of(IntStream.range(0, 10)
                .mapToObj(i -> new Message(i % 2 == 0 ? "user" : "assistant", "x".repeat(300)))
                .toArray(Message[]::new));

        List<Part> parts = Partition.of(transcript, 3 * (100 + Partition.TOKENS_AROUND_A_MESSAGE), 10);

        assertThat(parts).extracting(part -> part.pieces().size()).containsExactly(3, 3, 3, 1);
        assertThat(parts).extracting(Part::number).containsExactly(1, 2, 3, 4);
        assertThat(parts.get(1).shows(2)).isFalse();
        assertThat(parts.get(1).shows(3)).isTrue();
        assertThat(parts.get(1).studentMessageCount()).isEqualTo(1);
    }

    @Test
    void cutsAMessageThatFitsIntoNoPartAndKeepsItsIndex() {
        Transcript transcript =
                Talk.of(new Message("user", "before"), new Message("user", "one word after another ".repeat(100)));

        List<Part> parts = Partition.of(transcript, 300, 100);

        List<Piece> pieces = parts.stream()
                .flatMap(part -> part.pieces().stream())
                .filter(piece -> piece.index() == 1)
                .toList();
        assertThat(pieces).hasSizeGreaterThan(2);
        assertThat(pieces.getFirst().header()).isEqualTo("message 1, the student, piece 1 of " + pieces.size() + ":");
        assertThat(pieces.stream().limit(pieces.size() - 1L))
                .as("cut after a space")
                .allSatisfy(piece -> assertThat(piece.text()).endsWith(" "));
    }

    @Test
    void losesNothingAndExceedsNothingWhateverIsSaid() {
        Random random = new Random(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            Transcript transcript = Talk.of(random.ints(random.nextInt(1, 12), 0, 3)
                    .mapToObj(role ->
                            new Message(List.of("user", "assistant", "tool").get(role), text(random)))
                    .toArray(Message[]::new));
            int capacity = random.nextInt(100, 400);

            List<Part> parts = Partition.of(transcript, capacity, Integer.MAX_VALUE);

            List<String> shown = new ArrayList<>();
            List<Message> messages = transcript.messages();
            for (int index = 0; index < messages.size(); index++) {
                int wanted = index;
                shown.add(parts.stream()
                        .flatMap(part -> part.pieces().stream())
                        .filter(piece -> piece.index() == wanted)
                        .map(Piece::text)
                        .collect(Collectors.joining()));
            }
            assertThat(shown)
                    .as("round %d with seed %d", round, SEED)
                    .isEqualTo(messages.stream()
                            .map(message -> message.isSpoken() ? message.content() : "")
                            .toList());
            assertThat(parts).allSatisfy(part -> {
                assertThat(part.pieces()).isNotEmpty();
                assertThat(part.pieces().stream()
                                .mapToInt(piece -> TokenEstimate.of(piece.text()) + Partition.TOKENS_AROUND_A_MESSAGE)
                                .sum())
                        .isLessThanOrEqualTo(capacity);
            });
        }
    }

    private static String text(Random random) {
        return random.ints(random.nextInt(0, 800), 0, ALPHABET.length)
                .mapToObj(i -> ALPHABET[i])
                .collect(Collectors.joining());
    }

    @Test
    void reckonsWithNoMoreTokensThanBytesAndWithAThirdOfTheLettersAtLeast() {
        assertThat(TokenEstimate.of("")).isZero();
        assertThat(TokenEstimate.of("The cat sat")).isEqualTo(4);
        assertThat(TokenEstimate.of("3/6 + 2/6 = 5/6")).isEqualTo(13);
        assertThat(TokenEstimate.of("öü")).isEqualTo(2);
        assertThat(TokenEstimate.of("分数")).isEqualTo(4);
        assertThat(TokenEstimate.of("🎉")).isEqualTo(4);
    }
}
