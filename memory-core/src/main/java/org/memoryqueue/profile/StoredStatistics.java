package org.memoryqueue.profile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;

/** The JSON form in which a profile's sums are stored. */
@Singleton
final class StoredStatistics {

    private static final String NONE = "{}";

    private final ObjectMapper json;

    StoredStatistics(ObjectMapper json) {
        this.json = json;
    }

    ProfileStatistics read(String stored) {
        try {
            return stored.equals(NONE) ? ProfileStatistics.NONE : json.readValue(stored, ProfileStatistics.class);
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
