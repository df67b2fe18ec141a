package org.memoryqueue.benchmarks.quality;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.memoryqueue.benchmarks.quality.Grounding.Share;
import org.memoryqueue.benchmarks.quality.Memories.Memory;
import org.memoryqueue.memory.Evidence;
import org.memoryqueue.transcript.Message;

/**
 * Whose words a student's quotes are, judged by who said them first in the whole conversation. This is another rule than
 * the one by which the summariser leaves out what repeats the tutor, so that it can find what that rule lets through.
 *
 * <p>Both measures leave aside what belongs to the task: the text of the problem, and all that is said before the
 * student's first message. Words of content are numbers, and words of at least four letters, compared by their first five.
 *
 * @param mostly the share of quotes of whose words of content more than half were said first by the tutor; quotes that
 *     have none but those of the task count as the student's
 * @param inARow the share of quotes of which five words in a row stand so in an earlier message of the tutor, and in none
 *     of the student's before that
 */
record FirstSaid(Share mostly, Share inARow) {

    private static final int STEM = 5;
    private static final int SHORTEST = 4;
    private static final int IN_A_ROW = 5;

    static FirstSaid of(List<Memory> memories, Evidence.Kind kind) {
        FirstSaid shares = new FirstSaid(new Share(), new Share());
        for (Memory memory : memories) {
            List<Message> messages = memory.dialogue().transcript().messages();
            memory.summary().evidence().stream()
                    .filter(evidence -> evidence.kind() == kind)
                    .filter(evidence -> messages.get(evidence.messageIndex()).isStudent())
                    .forEach(evidence -> shares.count(evidence, memory.dialogue()));
        }
        return shares;
    }

    private void count(Evidence evidence, LabelledDialogue dialogue) {
        List<Message> messages = dialogue.transcript().messages();
        Set<String> task = new HashSet<>(content(dialogue.problem()));
        Set<String> ofTutor = new HashSet<>();
        Set<String> ofStudent = new HashSet<>();
        Set<String> runsOfTutor = new HashSet<>();
        Set<String> runsOfStudent = new HashSet<>(runs(dialogue.problem()));
        boolean studentHasSpoken = false;
        for (Message message : messages.subList(0, evidence.messageIndex())) {
            studentHasSpoken |= message.isStudent();
            if (!studentHasSpoken) {
                task.addAll(content(message.content()));
                runsOfStudent.addAll(runs(message.content()));
            } else if (message.isStudent()) {
                addNew(ofStudent, content(message.content()), ofTutor);
                addNew(runsOfStudent, runs(message.content()), runsOfTutor);
            } else if (message.isTutor()) {
                addNew(ofTutor, content(message.content()), ofStudent);
                addNew(runsOfTutor, runs(message.content()), runsOfStudent);
            }
        }
        Set<String> own = new HashSet<>(content(evidence.quote()));
        own.removeAll(task);
        mostly.count(2 * own.stream().filter(ofTutor::contains).count() > own.size());
        inARow.count(runs(evidence.quote()).stream().anyMatch(runsOfTutor::contains));
    }

    private static void addNew(Set<String> said, List<String> now, Set<String> byTheOther) {
        now.stream().filter(words -> !byTheOther.contains(words)).forEach(said::add);
    }

    private static List<String> content(String text) {
        return Grounding.words(text).stream()
                .filter(word -> word.length() >= SHORTEST || Character.isDigit(word.charAt(0)))
                .map(word ->
                        Character.isDigit(word.charAt(0)) ? word : word.substring(0, Math.min(STEM, word.length())))
                .toList();
    }

    private static List<String> runs(String text) {
        List<String> words = Grounding.words(text);
        return IntStream.rangeClosed(0, words.size() - IN_A_ROW)
                .mapToObj(start -> String.join(" ", words.subList(start, start + IN_A_ROW)))
                .toList();
    }
}
