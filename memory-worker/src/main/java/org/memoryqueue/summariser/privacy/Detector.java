package org.memoryqueue.summariser.privacy;

import java.util.List;

/** Finds personal data of some kind. Its time is linear in the length of the text. Safe for concurrent use. */
interface Detector {

    /** Adds what it finds, by indexes into the folded text. */
    void find(Folded text, List<Span> found);
}
