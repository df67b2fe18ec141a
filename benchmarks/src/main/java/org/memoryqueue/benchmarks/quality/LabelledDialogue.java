package org.memoryqueue.benchmarks.quality;

import org.memoryqueue.transcript.Transcript;

/**
 * A dialogue with what its teacher said about it.
 *
 * @param id names it
 * @param problem the task it is about; dialogues of one task are never split between fitting and measuring
 * @param transcript what was said
 * @param ending how the task ended
 * @param confusion the teacher's own words for what was wrong
 */
record LabelledDialogue(String id, String problem, Transcript transcript, Ending ending, String confusion) {

    /** How a teacher says that a task ended. */
    enum Ending {
        /** The student solved it unaided. */
        SOLVED,
        /** The teacher had to reveal the answer. */
        REVEALED,
        UNSOLVED
    }
}
