package org.memoryqueue.summariser.extractive;

import java.util.List;

/** The phrases of one resource file, in labelled sections, by which a sentence shows what it does. */
final class Cues {

    /** The label of phrases that only mask shorter ones. */
    static final String NONE = "none";

    private final PhraseTable phrases = new PhraseTable();

    private Cues() {}

    static Cues load(String name) {
        Cues cues = new Cues();
        String label = NONE;
        for (String line : Resource.lines(name)) {
            if (Resource.isSection(line)) {
                label = line.substring(1, line.length() - 1);
            } else {
                cues.phrases.add(label, Words.of(line).stream().map(Word::text).toList(), line.startsWith("^"));
            }
        }
        return cues;
    }

    /** Finds the phrases of a sentence, without the masked ones. */
    List<PhraseTable.Hit> in(Sentence sentence) {
        List<PhraseTable.Hit> hits = phrases.find(sentence.texts());
        hits.removeIf(hit -> hit.label().equals(NONE));
        return hits;
    }

    boolean isIn(Sentence sentence, String label) {
        return in(sentence).stream().anyMatch(hit -> hit.label().equals(label));
    }
}
