package org.memoryqueue.topic;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicNameTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"fraction", "fractions", "Fractions", " FRACTION ", "\tFrac\u0054ions\n", "fractions\u00a0"})
    void spellsATopicOneWay(String spelt) {
        assertThat(TopicName.normalised(spelt)).isEqualTo("fraction");
    }

    @Test
    void putsTheHeadNounIntoTheSingular() {
        assertThat(TopicName.normalised("Prime  Numbers")).isEqualTo("prime number");
        assertThat(TopicName.normalised("Laws of Motion")).isEqualTo("law of motion");
        assertThat(TopicName.normalised("order of operations")).isEqualTo("order of operations");
        assertThat(TopicName.normalised("irregular matrices")).isEqualTo("irregular matrix");
        assertThat(TopicName.normalised("times tables")).isEqualTo("times table");
        assertThat(TopicName.normalised("Statistics")).isEqualTo("statistics");
    }

    @Test
    void takesLettersHoweverTheyAreComposed() {
        assertThat(TopicName.normalised("E\u0301quation")).isEqualTo(TopicName.normalised("\u00e9quations"));
    }

    @Test
    void keepsWhatIsNoWord() {
        assertThat(TopicName.normalised("")).isEmpty();
        assertThat(TopicName.normalised(" \n ")).isEmpty();
        assertThat(TopicName.normalised("½")).isEqualTo("½");
        assertThat(TopicName.normalised("of of of")).isEqualTo("of of of");
    }

    @Property(tries = 2_000)
    void changesNothingTheSecondTime(@ForAll @StringLength(max = 30) String topic) {
        String once = TopicName.normalised(topic);
        assertThat(TopicName.normalised(once)).isEqualTo(once);
    }
}
