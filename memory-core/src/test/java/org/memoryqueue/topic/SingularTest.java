package org.memoryqueue.topic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SingularTest {

    private final Singular singular = new Singular();

    @ParameterizedTest
    @CsvSource({
        "fractions, fraction",
        "fraction, fraction",
        "batteries, battery",
        "boxes, box",
        "classes, class",
        "houses, house",
        "potatoes, potato",
        "children, child",
        "analysis, analysis",
        "photosynthesis, photosynthesis",
        "radius, radius",
        "physics, physics",
        "glass, glass",
        "ties, tie",
        "gas, gas",
        "its, its",
    })
    void undoesThePlural(String word, String expected) {
        assertThat(singular.of(word)).isEqualTo(expected);
    }
}
