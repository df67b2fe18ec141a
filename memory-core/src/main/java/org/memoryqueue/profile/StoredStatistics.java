package org.memoryqueue.profile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.util.Optional;

/** The JSON form in which a profile's sums are stored. */
@Singleton
final class StoredStatistics {

    private static final String NONE = "{}";

    private final ObjectMapper json;

    StoredStatistics(ObjectMapper json) {
        this.json = json;
    }

    /** Empty where they were made by other rules than ours, as by an older process: then all is to be folded anew. */
    Optional<ProfileStatistics> read(String stored) {
        if (stored.equals(NONE)) {
            return Optional.of(ProfileStatistics.NONE);
        }
        try {
            JsonNode tree = json.readTree(stored);
            return tree.path("version").asInt() == ProfileStatistics.VERSION
                    ? Optional.of(json.treeToValue(tree, ProfileStatistics.class))
                    : Optional.empty();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The stored statistics are not what was stored", e);
        }
    }

    String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("The profile cannot be written as JSON", e);
        }
    }
}
