package org.memoryqueue.benchmarks.quality;

import java.util.List;
import org.memoryqueue.benchmarks.quality.Grounding.Share;
import org.memoryqueue.benchmarks.quality.Memories.Memory;
import org.memoryqueue.memory.Evidence;

/** Reports on the memories as they are written: what they rest on, what they tell, how long they and their making take. */
final class MemorySection {

    private static final int MOST_WORDS = 60;
    private static final int MOST_TOPICS = 8;
    private static final double MOST_MILLISECONDS = 20;
    private static final double MOST_OF_THE_TUTOR = 0.01;

    private final List<LabelledDialogue> dialogues;
    private final List<Memory> memories;

    MemorySection(List<LabelledDialogue> dialogues) {
        this.dialogues = dialogues;
        memories = Memories.of(dialogues);
    }

    void print(Table table) {
        table.title("Memories");
        table.header("measure", "aim", "measured");
        Share verified = Grounding.verified(memories);
        Share backed = Grounding.backed(memories);
        Share tutors = Grounding.creditedToTheWrongOne(memories);
        row(table, "evidence that stands verbatim in its message", all(table, verified), verified);
        row(table, "findings and topics with evidence", all(table, backed), backed);
        row(
                table,
                "quotes of what was understood that are, or repeat, the tutor's words",
                table.aim("≤ 1 %", tutors.value() <= MOST_OF_THE_TUTOR),
                tutors);
        firstSaidByTheTutor(table);
        overlap(table);
        int words = Grounding.mostWords(memories);
        int topics = Grounding.mostTopics(memories);
        table.row("words of the longest summary", table.aim("≤ 60", words <= MOST_WORDS), Integer.toString(words));
        table.row("key topics of a memory, at most", table.aim("≤ 8", topics <= MOST_TOPICS), Integer.toString(topics));
        times(table, "time for a dialogue of this set", "", Speed.ofDialogues(dialogues));
        Speed.Times ofForty = Speed.ofFortyMessages(dialogues);
        String aim = table.aim("median ≤ 20 ms", ofForty.median() <= MOST_MILLISECONDS);
        times(table, "time for 40 messages", aim, ofForty);
        table.title("What must hold");
        table.must("no topic twice, in singular and plural or another case", Grounding.topicsTwice(memories) == 0);
        table.must("the same bytes a second time", memories.equals(Memories.of(dialogues)));
    }

    private static String all(Table table, Share share) {
        return table.aim("100 %", share.met() == share.all());
    }

    private void firstSaidByTheTutor(Table table) {
        FirstSaid understood = FirstSaid.of(memories, Evidence.Kind.UNDERSTOOD);
        FirstSaid struggling = FirstSaid.of(memories, Evidence.Kind.STRUGGLING);
        row(
                table,
                "quotes of the student under `understood` of which the tutor said most first",
                "",
                understood.mostly());
        row(table, "the same under `struggling`", "", struggling.mostly());
        row(
                table,
                "quotes of the student under `understood` with 5 words in a row of the tutor's",
                "",
                understood.inARow());
        row(table, "the same under `struggling`", "", struggling.inARow());
    }

    private void overlap(Table table) {
        ConfusionOverlap overlap = new ConfusionOverlap(memories);
        table.row("memories that tell of a struggle", "", overlap.withStruggles() + " of " + memories.size());
        for (int words = 1; words <= 2; words++) {
            table.row(
                    "struggles that share " + (words == 1 ? "a word" : words + " words")
                            + " with the teacher's description; with that of another dialogue",
                    "",
                    Table.percent(overlap.share(words)) + "; " + Table.percent(overlap.shuffledShare(words)));
        }
    }

    private static void row(Table table, String name, String aim, Share share) {
        table.row(name, aim, Table.percent(share.value()) + " (" + share.met() + " of " + share.all() + ")");
    }

    private static void times(Table table, String name, String aim, Speed.Times times) {
        table.row(
                name + ", warm: median, 99 %, longest",
                aim,
                Table.number(times.median(), 2) + " ms, " + Table.number(times.percentile99(), 2) + " ms, "
                        + Table.number(times.longest(), 2) + " ms");
    }
}
