package org.memoryqueue.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.memoryqueue.memory.Preference.Kind;

class PreferencesTest {

    @Test
    void needThreeSessions() {
        assertThat(style(Map.of())).isNull();
        assertThat(style(Map.of("examples", 2L))).isNull();
        assertThat(style(Map.of("examples", 3L))).isEqualTo("examples");
    }

    @Test
    void needTwoThirdsOfWhatWasAskedFor() {
        assertThat(style(Map.of("examples", 4L, "visual", 2L))).isEqualTo("examples");
        assertThat(style(Map.of("examples", 4L, "visual", 2L, "short", 1L))).isNull();
        assertThat(style(Map.of("examples", 3L, "visual", 3L))).isNull();
    }

    @Test
    void ofOneKindHaveNoSayInTheOther() {
        Map<String, Long> wishes = Map.of("examples", 3L, "slower", 9L, "faster", 2L, "unheard-of", 99L);
        assertThat(style(wishes)).isEqualTo("examples");
        assertThat(Preferences.clear(new TreeMap<>(wishes), Kind.PACE)).contains("slower");
    }

    private static @Nullable String style(Map<String, Long> wishes) {
        return Preferences.clear(new TreeMap<>(wishes), Kind.EXPLANATION_STYLE).orElse(null);
    }
}
