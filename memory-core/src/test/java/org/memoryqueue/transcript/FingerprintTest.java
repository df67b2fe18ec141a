package org.memoryqueue.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FingerprintTest {

    @Test
    void ignoresMessagesOfOtherRoles() {
        assertThat(fingerprint(new Message("system", "be kind"), user("hi"), new Message("tool", "{}"), tutor("hello")))
                .isEqualTo(fingerprint(user("hi"), tutor("hello")));
    }

    @Test
    void tellsWhoSpoke() {
        assertThat(fingerprint(user("hi"))).isNotEqualTo(fingerprint(tutor("hi")));
    }

    @Test
    void doesNotConfuseWhereOneMessageEndsAndTheNextBegins() {
        assertThat(fingerprint(user("ab"), user("c"))).isNotEqualTo(fingerprint(user("a"), user("bc")));
        assertThat(fingerprint(user("ab"))).isNotEqualTo(fingerprint(user("a"), user("b")));
        assertThat(fingerprint(user(""), user(""))).isNotEqualTo(fingerprint(user("")));
    }

    @Test
    void distinguishesTheSameWordsAfterDifferentBeginnings() {
        assertThat(fingerprint(user("x"), tutor("same")).isPrefixOf(fingerprint(user("y"), tutor("same"), user("z"))))
                .isFalse();
    }

    @Test
    void isEmptyWhenNothingWasSpokenAndThenAPrefixOfAll() {
        assertThat(fingerprint(new Message("system", "x")).bytes()).isEmpty();
        assertThat(fingerprint().isPrefixOf(fingerprint(user("hi")))).isTrue();
        assertThat(fingerprint().isPrefixOf(fingerprint())).isTrue();
        assertThat(fingerprint(user("hi")).isPrefixOf(fingerprint())).isFalse();
    }

    /** What is stored today must be recognised after a year of releases: this value may never change. */
    @Test
    void hasAFixedStoredForm() {
        assertThat(fingerprint(user("Grüße"), tutor("Hallo")).toString()).isEqualTo("495b6f43fd4c23e1bf99c0192a4c5336");
    }

    @Test
    void doesNotShareItsBytes() {
        Fingerprint fingerprint = fingerprint(user("hi"));
        fingerprint.bytes()[0]++;
        byte[] given = fingerprint.bytes();
        Fingerprint stored = Fingerprint.ofBytes(given);
        given[0]++;
        assertThat(stored).isEqualTo(fingerprint(user("hi")));
    }

    private static Fingerprint fingerprint(Message... messages) {
        return Fingerprint.of(List.of(messages));
    }

    private static Message user(String content) {
        return new Message(Message.STUDENT, content);
    }

    private static Message tutor(String content) {
        return new Message(Message.TUTOR, content);
    }
}
