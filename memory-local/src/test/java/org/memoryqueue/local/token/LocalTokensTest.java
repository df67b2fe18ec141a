package org.memoryqueue.local.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalTokensTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    @Test
    void writesATokenOfEachRoleForTheUserAlone() throws IOException {
        LocalTokens tokens = new LocalTokens(directory, Map.of());
        tokens.write();

        JsonNode written = JSON.readTree(tokens.file().toFile());

        assertThat(claims(written.get("student").asText()).get("sub")).isEqualTo(written.get("studentId"));
        assertThat(claims(written.get("teacher").asText()).get("rooms")).isEqualTo(written.get("rooms"));
        for (String role : List.of("student", "teacher", "admin", "service")) {
            JsonNode claims = claims(written.get(role).asText());
            assertThat(claims.get("role").asText()).isEqualTo(role);
            assertThat(claims.get("exp").asLong())
                    .isBetween(
                            Instant.now().plus(Duration.ofDays(29)).getEpochSecond(),
                            Instant.now().plus(Duration.ofDays(30)).getEpochSecond());
        }
        for (String file : List.of("tokens.json", "jwt-secret")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(file))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void keepsItsKeyAndHasAnotherInAnotherDirectory(@TempDir Path another) throws IOException {
        Map<String, String> variables = new LocalTokens(directory, Map.of()).variables();

        assertThat(variables.get("MEMORY_JWT_SECRET")).hasSizeGreaterThanOrEqualTo(64);
        assertThat(new LocalTokens(directory, Map.of()).variables()).isEqualTo(variables);
        assertThat(new LocalTokens(another, Map.of()).variables()).isNotEqualTo(variables);
    }

    @Test
    void signsWithTheCallersOwnSecret() throws IOException {
        Map<String, String> own = Map.of("MEMORY_JWT_SECRET", "mine", "MEMORY_JWT_ISSUER", "me");
        LocalTokens tokens = new LocalTokens(directory, own);

        assertThat(tokens.variables()).isEqualTo(own);
        assertThat(claims(tokens.sign(Grant.of("admin", "x"))).get("iss").asText())
                .isEqualTo("me");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void leavesNoTokensOfItsOwnWhereKeysComeFromAUrl() throws IOException {
        new LocalTokens(directory, Map.of()).write();
        LocalTokens tokens = new LocalTokens(directory, Map.of("MEMORY_JWT_JWKS_URL", "http://localhost/jwks"));

        tokens.write();

        assertThat(tokens.areOurs()).isFalse();
        assertThat(tokens.variables()).isEmpty();
        assertThat(tokens.file()).doesNotExist();
    }

    @Test
    void readsTheOptionsOfTheCommand() {
        assertThat(TokenCommand.parse(List.of("--role", "teacher", "--sub=ms", "--rooms", "a,b", "--days", "2")))
                .isEqualTo(new Grant("ms", "teacher", List.of("a", "b"), Duration.ofDays(2)));
        assertThat(TokenCommand.parse(List.of("--role", "admin"))).isEqualTo(Grant.of("admin", "admin"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--role", "--role boss", "--role admin --days 0", "--role admin --days x", "--what"})
    void refusesOptionsThatItDoesNotUnderstand(String arguments) {
        List<String> words = arguments.isEmpty() ? List.of() : List.of(arguments.split(" "));
        assertThatThrownBy(() -> TokenCommand.parse(words)).isInstanceOf(IllegalArgumentException.class);
    }

    private static JsonNode claims(String token) throws IOException {
        return JSON.readTree(Base64.getUrlDecoder().decode(token.split("\\.")[1]));
    }
}
