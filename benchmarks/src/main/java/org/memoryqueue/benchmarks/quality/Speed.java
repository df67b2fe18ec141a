package org.memoryqueue.benchmarks.quality;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.memoryqueue.summariser.Summariser;
import org.memoryqueue.summariser.extractive.ExtractiveSummariser;
import org.memoryqueue.transcript.Message;
import org.memoryqueue.transcript.Transcript;

/** How long the summariser takes for a dialogue, once the JVM is warm. */
final class Speed {

    private static final int WARM_UP = 10;
    private static final int MEASURED = 5;

    /** The longest conversation that the aim speaks of. */
    private static final int MESSAGES = 40;

    private Speed() {}

    static Times ofDialogues(List<LabelledDialogue> dialogues) {
        return measure(dialogues.stream().map(LabelledDialogue::transcript).toList());
    }

    /** Of conversations of 40 messages, each made of a dialogue and those after it. */
    static Times ofFortyMessages(List<LabelledDialogue> dialogues) {
        List<Transcript> joined = new ArrayList<>();
        for (int first = 0; first < dialogues.size(); first++) {
            List<Message> messages = new ArrayList<>();
            for (int next = first; messages.size() < MESSAGES; next++) {
                messages.addAll(
                        dialogues.get(next % dialogues.size()).transcript().messages());
            }
            joined.add(new Transcript(dialogues.get(first).transcript().session(), messages.subList(0, MESSAGES)));
        }
        return measure(joined);
    }

    private static Times measure(List<Transcript> transcripts) {
        Summariser summariser = new ExtractiveSummariser();
        for (int i = 0; i < WARM_UP; i++) {
            transcripts.forEach(transcript -> Memories.summarise(summariser, transcript));
        }
        long[] nanoseconds = new long[MEASURED * transcripts.size()];
        int at = 0;
        for (int i = 0; i < MEASURED; i++) {
            for (Transcript transcript : transcripts) {
                long start = System.nanoTime();
                Memories.summarise(summariser, transcript);
                nanoseconds[at++] = System.nanoTime() - start;
            }
        }
        Arrays.sort(nanoseconds);
        return new Times(milliseconds(nanoseconds, 0.5), milliseconds(nanoseconds, 0.99), milliseconds(nanoseconds, 1));
    }

    private static double milliseconds(long[] sorted, double quantile) {
        int index = (int) Math.ceil(quantile * sorted.length) - 1;
        return sorted[index] / 1e6;
    }

    /** Milliseconds for one dialogue. */
    record Times(double median, double percentile99, double longest) {}
}
