package org.memoryqueue.summariser.openai;

/**
 * A message as it is shown to a model, or a piece of one that is too long to be shown at once.
 *
 * @param index 0-based index of the message among those that were sent
 * @param byStudent whether the student spoke; else the tutor did
 * @param text the words, verbatim
 * @param number counts the pieces of the message, from 1
 * @param of how many pieces it has
 */
record Piece(int index, boolean byStudent, String text, int number, int of) {

    String header() {
        String who = "message " + index + (byStudent ? ", the student" : ", the tutor");
        return of == 1 ? who + ":" : who + ", piece " + number + " of " + of + ":";
    }
}
