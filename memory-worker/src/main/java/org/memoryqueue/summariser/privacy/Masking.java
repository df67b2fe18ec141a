package org.memoryqueue.summariser.privacy;

import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.memoryqueue.summariser.Summariser;

/** Whether personal data is masked, and which names count as such. */
public final class Masking {

    private static final Logger LOG = Logger.getLogger(Masking.class);

    private static final int MOST_NAMES = 10_000;
    private static final int SHORTEST_NAME = 2;

    private final Optional<PersonalData> data;

    private Masking(Optional<PersonalData> data) {
        this.data = data;
    }

    /**
     * What the settings ask for.
     *
     * @throws IllegalArgumentException if a setting is wrong; the message names its variable, and no name of a person
     */
    public static Masking of(MaskConfig config) {
        List<String> names = names(config);
        return new Masking(isEnabled(config) ? Optional.of(new PersonalData(names)) : Optional.empty());
    }

    private static boolean isEnabled(MaskConfig config) {
        String value = config.enabled().map(String::strip).orElse("true");
        if (!value.equalsIgnoreCase("true") && !value.equalsIgnoreCase("false")) {
            throw new IllegalArgumentException("MEMORY_MASK_ENABLED must be true or false");
        }
        return value.equalsIgnoreCase("true");
    }

    private static List<String> names(MaskConfig config) {
        List<String> names = config.names().orElse(List.of()).stream()
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
        if (names.size() > MOST_NAMES || !names.stream().allMatch(Masking::isName)) {
            throw new IllegalArgumentException(
                    "MEMORY_MASK_NAMES must be at most %d names with commas between them, each of %d to %d characters with a letter"
                            .formatted(MOST_NAMES, SHORTEST_NAME, NameDetector.LONGEST));
        }
        return names;
    }

    private static boolean isName(String name) {
        return name.length() >= SHORTEST_NAME
                && name.length() <= NameDetector.LONGEST
                && name.codePoints().anyMatch(Character::isLetter);
    }

    /** A summariser that lets the other one see no personal data; the other one itself when masking is switched off. */
    public Summariser around(Summariser other) {
        if (data.isEmpty()) {
            LOG.warn("Personal data is sent to the language model as it is: MEMORY_MASK_ENABLED is false");
        }
        return data.<Summariser>map(found -> new MaskingSummariser(other, found))
                .orElse(other);
    }
}
