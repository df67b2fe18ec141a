package org.memoryqueue.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DifferencesTest {

    private static final JsonNode GOLDEN = json("""
            {"id": "<uuid>", "jobId": "<digits>", "at": "<iso>", "since": "<ms>", "count": "<number>", "rate": "<percent>",
             "level": "<percentage>", "name": "<text>", "pace": "<text?>", "done": true, "gone": null, "word": "queued",
             "topics": ["sums"], "insights": {"progress": "<text>"}, "items": [{"n": 1}, {"n": 2}]}""");

    private static final String ACTUAL = """
            {"id": "0b9a1f5e-6d3c-4f0e-9a51-3f1d2c7b8e44", "jobId": "123", "at": "2026-01-15T09:00:00+01:00",
             "since": 1768468860000, "count": 0, "rate": "99.76", "level": 75, "name": "Ada", "pace": null, "done": true,
             "gone": null, "word": "queued", "topics": ["sums"], "insights": {"progress": "Good."},
             "items": [{"n": 1}, {"n": 2.0}]}""";

    @Test
    void findsNoneWhereThereAreNone() {
        assertThat(Differences.between(GOLDEN, json(ACTUAL), Map.of())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"jobId\": \"123\", | | $.jobId is missing",
                "\"gone\": null, | | $.gone is missing",
                "\"progress\": \"Good.\" | | $.insights.progress is missing",
                "\"done\": true | \"done\": true, \"more\": 1 | $.more was not promised",
                "{\"n\": 1} | {\"n\": 1, \"m\": null} | $.items[0].m was not promised",
                "\"123\" | 123 | $.jobId is 123, not \"<digits>\"",
                "\"123\" | \"12a\" | $.jobId is \"12a\", not \"<digits>\"",
                "1768468860000 | \"1768468860000\" | $.since is \"1768468860000\", not \"<ms>\"",
                "1768468860000 | 1768468860 | $.since is 1768468860, not \"<ms>\"",
                "1768468860000 | null | $.since is null, not \"<ms>\"",
                "2026-01-15T09:00:00+01:00 | 2026-01-15T09:00:00 | $.at is \"2026-01-15T09:00:00\", not \"<iso>\"",
                "0b9a1f5e- | 0b9a1f5e | $.id is \"0b9a1f5e6d3c-4f0e-9a51-3f1d2c7b8e44\", not \"<uuid>\"",
                "\"count\": 0 | \"count\": \"0\" | $.count is \"0\", not \"<number>\"",
                "99.76 | 99.8 | $.rate is \"99.8\", not \"<percent>\"",
                "75 | 101 | $.level is 101, not \"<percentage>\"",
                "\"Ada\" | null | $.name is null, not \"<text>\"",
                "\"pace\": null | \"pace\": 3 | $.pace is 3, not \"<text?>\"",
                "\"done\": true | \"done\": \"true\" | $.done is \"true\", not true",
                "\"gone\": null | \"gone\": \"\" | $.gone is \"\", not null",
                "\"queued\" | \"Queued\" | $.word is \"Queued\", not \"queued\"",
                "[\"sums\"] | null | $.topics is null, not [\"sums\"]",
                "[\"sums\"] | {\"0\": \"sums\"} | $.topics is {\"0\":\"sums\"}, not [\"sums\"]",
                "[\"sums\"] | [] | $.topics is [], not [\"sums\"]",
                "{\"progress\": \"Good.\"} | null | $.insights is null, not {\"progress\":\"<text>\"}",
                "{\"n\": 2.0} | {\"n\": 2.5} | $.items[1].n is 2.5, not 2"
            })
    void namesAPlantedDifference(String there, String instead, String difference) {
        String changed = ACTUAL.replace(there, instead == null ? "" : instead);

        assertThat(changed).isNotEqualTo(ACTUAL);
        assertThat(Differences.between(GOLDEN, json(changed), Map.of())).containsExactly(difference);
    }

    @Test
    void allowsAndExpectsWhatWasAddedAtItsPlaceOnly() {
        JsonNode golden = json("{\"items\": [{\"n\": 1}]}");
        Map<String, JsonNode> added = Map.of("$.items[*].extra", json("\"<text>\""));

        assertThat(Differences.between(golden, json("{\"items\": [{\"n\": 1, \"extra\": \"x\"}]}"), added))
                .isEmpty();
        assertThat(Differences.between(golden, json("{\"items\": [{\"n\": 1}]}"), added))
                .isEqualTo(List.of("$.items[0].extra is missing"));
        assertThat(Differences.between(golden, json("{\"items\": [{\"n\": 1, \"extra\": 5}]}"), added))
                .isEqualTo(List.of("$.items[0].extra is 5, not \"<text>\""));
        assertThat(Differences.between(
                        golden, json("{\"items\": [{\"n\": 1, \"extra\": \"x\"}], \"extra\": \"x\"}"), added))
                .isEqualTo(List.of("$.extra was not promised"));
    }

    @Test
    void doesNotTakeAMisspeltPlaceholderForAText() {
        assertThatThrownBy(() -> Differences.between(json("\"<uid>\""), json("\"<uid>\""), Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static JsonNode json(String text) {
        return ApiDocument.json(text);
    }
}
