package org.memoryqueue.summariser.privacy;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Finds personal data in a text. Safe for concurrent use. */
final class PersonalData {

    /** In the order in which they win where they overlap. */
    private final List<Detector> detectors;

    /**
     * Looks for personal data of all kinds.
     *
     * @param names which names of persons to look for, besides
     */
    PersonalData(Collection<String> names) {
        detectors = List.of(
                new LinkDetector(),
                new EmailDetector(),
                new LetteredIdDetector(),
                new CardDetector(),
                new NationalNumberDetector(),
                new PhoneDetector(),
                new NameDetector(names));
    }

    /** Where personal data stand in a text, in its order; no two of them overlap. */
    List<Span> in(String text) {
        Folded folded = Folded.of(text);
        BitSet taken = new BitSet(folded.length());
        List<Span> accepted = new ArrayList<>();
        for (Detector detector : detectors) {
            List<Span> found = new ArrayList<>();
            detector.find(folded, found);
            for (Span span : found) {
                int next = taken.nextSetBit(span.start());
                if (next < 0 || next >= span.end()) {
                    taken.set(span.start(), span.end());
                    accepted.add(folded.inOriginal(span));
                }
            }
        }
        accepted.sort(Comparator.comparingInt(Span::start));
        return accepted;
    }
}
