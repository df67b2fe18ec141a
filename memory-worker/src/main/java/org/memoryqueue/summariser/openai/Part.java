package org.memoryqueue.summariser.openai;

import java.util.List;

/**
 * So much of a transcript as is shown to a model at once.
 *
 * @param number counts the parts, from 1
 * @param of how many parts the transcript has
 * @param pieces in the order in which they were said
 */
record Part(int number, int of, List<Piece> pieces) {

    Part {
        pieces = List.copyOf(pieces);
    }

    boolean isWhole() {
        return of == 1;
    }

    /** Whether anything of the message is shown. */
    boolean shows(int messageIndex) {
        return pieces.stream().anyMatch(piece -> piece.index() == messageIndex);
    }

    /** Counts the messages of the student of which something is shown. */
    int studentMessageCount() {
        return (int) pieces.stream()
                .filter(Piece::byStudent)
                .mapToInt(Piece::index)
                .distinct()
                .count();
    }
}
