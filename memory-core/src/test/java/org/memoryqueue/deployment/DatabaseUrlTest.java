package org.memoryqueue.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {

    private static final String REACTIVE = "quarkus.datasource.reactive.url";
    private static final String JDBC = "memory.database.jdbc-url";
    private static final String USER = "quarkus.datasource.username";
    private static final String PASSWORD = "quarkus.datasource.password";

    @Test
    void setsBothClientsAndTheCredentials() {
        assertThat(DatabaseUrl.settings("postgresql://ada:secret@db.example:6432/school"))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        REACTIVE, "postgresql://db.example:6432/school",
                        JDBC, "jdbc:postgresql://db.example:6432/school",
                        USER, "ada",
                        PASSWORD, "secret"));
    }

    @ParameterizedTest
    @CsvSource({
        "postgres://h/d, postgresql://h:5432/d",
        "postgresql://h/d, postgresql://h:5432/d",
        "postgresql://[::1]:5433/d, postgresql://[::1]:5433/d",
        "postgresql://[fe80::1]/d, postgresql://[fe80::1]:5432/d",
        "postgresql://h:1/d?sslmode=require&x=%20, postgresql://h:1/d?sslmode=require&x=%20",
        "postgresql://memory_db:5432/d, postgresql://memory_db:5432/d",
        "postgresql://u:p@memory_db/d, postgresql://memory_db:5432/d",
    })
    void readsTheAddress(String url, String expected) {
        assertThat(DatabaseUrl.settings(url)).containsEntry(REACTIVE, expected).containsEntry(JDBC, "jdbc:" + expected);
    }

    @ParameterizedTest
    @CsvSource({"memory_db, memory_db", "[::1], ::1", "10.0.0.7, 10.0.0.7", "db.example, db.example"})
    void givesTheReactiveClientAnAddressThatItUnderstands(String written, String host) {
        PgConnectOptions options =
                PgConnectOptions.fromUri(DatabaseUrl.settings("postgresql://u:p@" + written + ":5433/d?sslmode=require")
                        .get(REACTIVE));
        assertThat(options.getHost()).isEqualTo(host);
        assertThat(options.getPort()).isEqualTo(5433);
        assertThat(options.getDatabase()).isEqualTo("d");
        assertThat(options.getSslMode()).isEqualTo(SslMode.REQUIRE);
    }

    @ParameterizedTest
    @CsvSource({
        "p%40ss%3Aw%2Frd, p@ss:w/rd",
        "a+b, a+b",
        "a%2Bb, a+b",
        "a:b, a:b",
        "gr%C3%BCn, grün",
        "100%25, 100%",
        "'', ''"
    })
    void decodesThePassword(String written, String meant) {
        assertThat(DatabaseUrl.settings("postgresql://u%2Fx:" + written + "@h/d"))
                .containsEntry(USER, "u/x")
                .containsEntry(PASSWORD, meant);
    }

    @Test
    void leavesOutCredentialsThatAreNotGiven() {
        assertThat(DatabaseUrl.settings("postgresql://h/d")).doesNotContainKeys(USER, PASSWORD);
        assertThat(DatabaseUrl.settings("postgresql://ada@h/d"))
                .containsEntry(USER, "ada")
                .doesNotContainKey(PASSWORD);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mysql://u:topsecret@h/d",
                "postgresql://u:topsecret@h",
                "postgresql://u:topsecret@h/",
                "postgresql://u:topsecret@/d",
                "postgresql://u:topsecret@h:port/d",
                "postgresql://u:topsecret@h:99999999999/d",
                "postgresql://u:topsecret%@h/d",
                "postgresql://u:topsecret@h /d",
                "postgresql:u:topsecret@h/d",
                "u:topsecret@h/d",
                "topsecret"
            })
    void refusesWhatItCannotReadWithoutRepeatingIt(String url) {
        assertThatThrownBy(() -> DatabaseUrl.settings(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("DATABASE_URL must have the form")
                .hasMessageNotContaining("topsecret")
                .hasNoCause();
    }
}
