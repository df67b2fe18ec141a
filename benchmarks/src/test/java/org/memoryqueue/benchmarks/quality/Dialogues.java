package org.memoryqueue.benchmarks.quality;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.memoryqueue.benchmarks.quality.LabelledDialogue.Ending;
import org.memoryqueue.transcript.Message;
import org.memoryqueue.transcript.Session;
import org.memoryqueue.transcript.Transcript;

/** Labelled dialogues in the making, for tests. */
final class Dialogues {

    private static final Session SESSION = new Session("student", "bot", "room", Instant.EPOCH);

    private Dialogues() {}

    /** The tutor speaks first, then both in turn. */
    static LabelledDialogue dialogue(String problem, Ending ending, String confusion, String... said) {
        List<Message> messages = new ArrayList<>();
        for (int i = 0; i < said.length; i++) {
            messages.add(new Message(i % 2 == 0 ? Message.TUTOR : Message.STUDENT, said[i]));
        }
        return new LabelledDialogue(problem, problem, new Transcript(SESSION, messages), ending, confusion);
    }

    /** Three ways in which a sum can end, for each of some problems. */
    static List<LabelledDialogue> ofSums(int problems) {
        List<LabelledDialogue> dialogues = new ArrayList<>();
        for (int i = 0; i < problems; i++) {
            String problem = "problem " + i;
            int seats = 20 + i;
            String ask = "A hall has " + seats + " seats and 7 are taken. How many are free?";
            String wrong = "There are " + (seats + 7) + " free seats.";
            String right = "There are " + (seats - 7) + " free seats.";
            dialogues.add(dialogue(
                    problem, Ending.SOLVED, "added", ask, wrong, "No, are some taken away?", right, "Yes, well done!"));
            dialogues.add(dialogue(
                    problem, Ending.REVEALED, "added", ask, wrong, "No, the answer is " + (seats - 7) + ".", right));
            dialogues.add(dialogue(
                    problem,
                    Ending.UNSOLVED,
                    "added",
                    ask,
                    wrong,
                    "No, try again.",
                    wrong,
                    "No.",
                    wrong,
                    "Not right."));
        }
        return dialogues;
    }
}
