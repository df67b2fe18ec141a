package org.memoryqueue.benchmarks.quality;

import java.util.List;
import org.memoryqueue.benchmarks.quality.Grounding.Share;
import org.memoryqueue.benchmarks.quality.Memories.Memory;

/** Reports on the memories as they are written: what they rest on, what they tell, how long they and their making take. */
final class MemorySection {

    private static final int MOST_WORDS = 60;
    private static final int MOST_TOPICS = 8;
    private static final double MOST_MILLISECONDS = 20;

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
        row(table, "evidence that stands verbatim in its message", "100 %", verified);
        row(table, "findings and topics with evidence", "100 %", backed);
        row(table, "quotes of what was understood that are, or repeat, the tutor's words", "≤ 1 %", tutors);
        overlap(table);
        table.row("words of the longest summary", "≤ 60", Integer.toString(Grounding.mostWords(memories)));
        table.row("key topics of a memory, at most", "≤ 8", Integer.toString(Grounding.mostTopics(memories)));
        Speed.Times times = Speed.ofDialogues(dialogues);
        Speed.Times ofForty = Speed.ofFortyMessages(dialogues);
        times(table, "time for a dialogue of this set", "", times);
        times(table, "time for 40 messages", "< 20 ms", ofForty);
        table.title("What must hold");
        table.must("all evidence verifies", verified.met() == verified.all());
        table.must("no item without evidence", backed.met() == backed.all());
        table.must("at most 1 % of what was understood is the tutor's", tutors.value() <= 0.01);
        table.must("no summary of more than 60 words", Grounding.mostWords(memories) <= MOST_WORDS);
        table.must("no memory of more than 8 topics", Grounding.mostTopics(memories) <= MOST_TOPICS);
        table.must("no topic twice, in singular and plural or another case", Grounding.topicsTwice(memories) == 0);
        table.must("the same bytes a second time", memories.equals(Memories.of(dialogues)));
        table.must("99 % of dialogues of 40 messages within 20 ms", ofForty.percentile99() < MOST_MILLISECONDS);
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
