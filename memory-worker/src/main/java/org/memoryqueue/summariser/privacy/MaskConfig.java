package org.memoryqueue.summariser.privacy;

import io.smallrye.config.ConfigMapping;
import java.util.List;
import java.util.Optional;

/** What is masked in a transcript before it is sent to a language model. */
@ConfigMapping(prefix = "memory.mask")
public interface MaskConfig {

    /** {@code true} unless set to {@code false}; a text, so that a misspelt word ends the start and does not switch it off. */
    Optional<String> enabled();

    /** Names of persons that are masked as well, as whole words, whatever their case and accents; separated by commas. */
    Optional<List<String>> names();
}
