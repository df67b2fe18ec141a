package org.memoryqueue.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class FingerprintProperties {

    @Property
    void tellsPrefixesAsTheMessagesThemselvesDo(
            @ForAll("messages") List<Message> one, @ForAll("messages") List<Message> other) {
        assertThat(Fingerprint.of(one).isPrefixOf(Fingerprint.of(other)))
                .isEqualTo(isPrefix(spoken(one), spoken(other)));
    }

    @Property
    void isAPrefixOfEveryContinuation(@ForAll("messages") List<Message> start, @ForAll("messages") List<Message> rest) {
        List<Message> whole = new ArrayList<>(start);
        whole.addAll(rest);
        assertThat(Fingerprint.of(start).isPrefixOf(Fingerprint.of(whole))).isTrue();
    }

    @Property
    void equalsExactlyWhatWasSpokenEqually(
            @ForAll("messages") List<Message> one, @ForAll("messages") List<Message> other) {
        assertThat(Fingerprint.of(one).equals(Fingerprint.of(other)))
                .isEqualTo(spoken(one).equals(spoken(other)));
    }

    @Property
    void survivesBeingStored(@ForAll("messages") List<Message> messages) {
        Fingerprint fingerprint = Fingerprint.of(messages);
        assertThat(Fingerprint.ofBytes(fingerprint.bytes()))
                .isEqualTo(fingerprint)
                .hasSameHashCodeAs(fingerprint);
        assertThat(fingerprint.bytes())
                .hasSize(Fingerprint.STEP * spoken(messages).size());
    }

    /** Few roles and words, so that equal messages and common prefixes happen often. */
    @Provide
    Arbitrary<List<Message>> messages() {
        return Combinators.combine(
                        Arbitraries.of(Message.STUDENT, Message.TUTOR, "system"), Arbitraries.of("", "a", "aa", "é"))
                .as(Message::new)
                .list()
                .ofMaxSize(4);
    }

    private static List<Message> spoken(List<Message> messages) {
        return messages.stream().filter(Message::isSpoken).toList();
    }

    private static boolean isPrefix(List<Message> one, List<Message> other) {
        return one.size() <= other.size() && one.equals(other.subList(0, one.size()));
    }
}
