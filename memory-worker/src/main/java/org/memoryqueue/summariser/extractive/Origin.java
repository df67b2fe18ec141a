package org.memoryqueue.summariser.extractive;

/** Where what an answer comes to was said first, which tells the student's own work from an echo. */
enum Origin {
    /** Nobody had said it before. */
    NEW,
    /** Only the student had. */
    REPEATED,
    /** The tutor had said it too: in the task, in a question, or after the student. */
    ECHOED,
    /** The tutor had stated it first, after the student's first attempt: it was given away. */
    GIVEN;

    boolean isTutors() {
        return this == ECHOED || this == GIVEN;
    }
}
