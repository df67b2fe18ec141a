package org.memoryqueue.summariser.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.memoryqueue.summariser.Summariser;

class MaskingTest {

    @Test
    void isOnUnlessSwitchedOff() {
        assertThat(seen(Map.of(), "me@example.org")).startsWith("[EMAIL-1-");
        assertThat(seen(Map.of("memory.mask.enabled", ""), "me@example.org")).startsWith("[EMAIL-1-");
        assertThat(seen(Map.of("memory.mask.enabled", "TRUE"), "me@example.org"))
                .startsWith("[EMAIL-1-");
        assertThat(seen(Map.of("memory.mask.enabled", "false"), "me@example.org"))
                .isEqualTo("me@example.org");
    }

    @Test
    void masksTheNamesThatAreGiven() {
        assertThat(seen(Map.of("memory.mask.names", "Ada Lovelace, Bo ,"), "I am ADA LOVELACE, not Ada or bo."))
                .matches("I am \\[NAME-1-\\w{4}], not Ada or \\[NAME-2-\\w{4}]\\.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ture", "0", "yes", "off"})
    void refusesAWordThatIsNoAnswerAndNamesTheVariable(String word) {
        assertThatThrownBy(() -> Masking.of(config(Map.of("memory.mask.enabled", word))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("MEMORY_MASK_ENABLED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "Ada,12", "Ada,x"})
    void refusesWhatIsNoNameAndRepeatsNone(String names) {
        assertThatThrownBy(() -> Masking.of(config(Map.of("memory.mask.names", names))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("MEMORY_MASK_NAMES")
                .hasMessageNotContaining("Ada");
    }

    private static String seen(Map<String, String> settings, String words) {
        AtomicReference<String> seen = new AtomicReference<>("");
        Summariser model = Lesson.model(shown -> {
            seen.set(shown);
            return Lesson.summary("ok", shown);
        });
        Masking.of(config(settings))
                .around(model)
                .summarise(Lesson.of(words))
                .await()
                .indefinitely();
        return seen.get();
    }

    private static MaskConfig config(Map<String, String> properties) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(MaskConfig.class)
                .withSources(new PropertiesConfigSource(properties, "test", 100))
                .build()
                .getConfigMapping(MaskConfig.class);
    }
}
