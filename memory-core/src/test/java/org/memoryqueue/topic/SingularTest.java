package org.memoryqueue.topic;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
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
        "biases, bias",
        "childrens, child",
        "sizes, size",
        "axes, axis",
    })
    void undoesThePlural(String word, String expected) {
        assertThat(singular.of(word)).isEqualTo(expected);
    }

    @Test
    void leavesWhatItHasMadeAsItIs() throws IOException {
        for (String line : Files.readAllLines(Path.of("src/main/resources/topic/irregular-plurals.txt"))) {
            if (!line.startsWith("#")) {
                for (String word : line.split(" ")) {
                    String once = singular.of(word);
                    assertThat(singular.of(once)).as(word).isEqualTo(once);
                }
            }
        }
    }
}
