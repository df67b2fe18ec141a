package org.memoryqueue.summariser.extractive;

import java.util.List;
import java.util.stream.Stream;
import org.memoryqueue.memory.Evidence;

/**
 * Something that the session showed, with the quotes on which it rests.
 *
 * @param kind what sort of finding
 * @param claim the finding, as it is shown
 * @param quotes where it rests, at least one
 */
record Finding(Evidence.Kind kind, String claim, List<Quote> quotes) {

    Stream<Evidence> evidence() {
        return quotes.stream().map(quote -> new Evidence(kind, claim, quote.messageIndex(), quote.text()));
    }
}
