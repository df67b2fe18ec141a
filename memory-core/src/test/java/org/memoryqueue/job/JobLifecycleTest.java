package org.memoryqueue.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page that explains the states of a job, held to the enum; JobConstraintsTest holds the CHECK to it. */
class JobLifecycleTest {

    private static final Path PAGE = Path.of("../docs/job-lifecycle.md");

    @Test
    void documentsTheStatesOfTheEnumInItsSpellingAndOrder() throws IOException {
        assertThat(words("(?m)^\\| `([a-z]+)` \\|"))
                .isEqualTo(Arrays.stream(JobState.values()).map(JobState::word).toList());
    }

    @Test
    void drawsOnlyArrowsBetweenStatesAndEndsNoneThatIsNotTerminal() throws IOException {
        assertThat(words("(?m)^ +([a-z]+) --> [a-z]+:")).allSatisfy(JobState::ofWord);
        assertThat(words("(?m)^ +[a-z]+ --> ([a-z]+):")).allSatisfy(JobState::ofWord);
        assertThat(words("(?m)^ +([a-z]+) --> \\[\\*]"))
                .isNotEmpty()
                .allMatch(word -> JobState.ofWord(word).isTerminal());
    }

    private static List<String> words(String pattern) throws IOException {
        String page = Files.readString(PAGE);
        int states = page.indexOf("## States");
        return Pattern.compile(pattern)
                .matcher(page.substring(states, page.indexOf("## Transitions")))
                .results()
                .map(match -> match.group(1))
                .toList();
    }
}
