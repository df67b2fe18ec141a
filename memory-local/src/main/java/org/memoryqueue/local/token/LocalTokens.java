package org.memoryqueue.local.token;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The key of a data directory and the tokens signed with it; with the caller's own {@code MEMORY_JWT_SECRET} those are
 * signed with that. Both files are the user's alone. Where the services take keys from a URL, tokens come from elsewhere.
 */
public final class LocalTokens {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int KEY_BYTES = 48;
    private static final FileAttribute<Set<PosixFilePermission>> OURS_ALONE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private static final String STUDENT = "ada";
    private static final List<String> ROOMS = List.of("class-7");

    private final Path directory;
    private final Map<String, String> environment;

    /**
     * The tokens of a run.
     *
     * @param directory where its data are kept
     * @param environment the caller's variables
     */
    public LocalTokens(Path directory, Map<String, String> environment) {
        this.directory = directory;
        this.environment = environment;
    }

    /** Whether tokens are signed here. */
    public boolean areOurs() {
        return value("MEMORY_JWT_JWKS_URL").isEmpty();
    }

    /** What the services need to know in order to believe these tokens; nothing where keys come from a URL. */
    public Map<String, String> variables() throws IOException {
        return areOurs() ? Map.of("MEMORY_JWT_SECRET", secret(), "MEMORY_JWT_ISSUER", issuer()) : Map.of();
    }

    /** Signs a token. */
    public String sign(Grant grant) throws IOException {
        return new TokenSigner(secret(), issuer(), value("MEMORY_JWT_AUDIENCE").map(all -> all.split(",", 2)[0]))
                .sign(grant);
    }

    /** Where the tokens of a run are. */
    public Path file() {
        return directory.resolve("tokens.json");
    }

    /** Writes a token of each role, or removes those of an earlier run where tokens come from elsewhere. */
    public void write() throws IOException {
        if (!areOurs()) {
            Files.deleteIfExists(file());
            return;
        }
        Map<String, Object> tokens = new LinkedHashMap<>();
        tokens.put("student", sign(Grant.of("student", STUDENT)));
        tokens.put("studentId", STUDENT);
        tokens.put("teacher", sign(Grant.of("teacher", "teacher").teaching(ROOMS)));
        tokens.put("rooms", ROOMS);
        tokens.put("admin", sign(Grant.of("admin", "admin")));
        tokens.put("service", sign(Grant.of("service", "tutor")));
        Path written = Files.createTempFile(directory, "tokens", ".new", OURS_ALONE);
        JSON.writerWithDefaultPrettyPrinter().writeValue(written.toFile(), tokens);
        Files.move(written, file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private String secret() throws IOException {
        Optional<String> callers = value("MEMORY_JWT_SECRET");
        return callers.isPresent() ? callers.get() : ownSecret();
    }

    private String ownSecret() throws IOException {
        Path file = directory.resolve("jwt-secret");
        if (!Files.exists(file)) {
            byte[] key = new byte[KEY_BYTES];
            new SecureRandom().nextBytes(key);
            Path written = Files.createTempFile(directory, "jwt-secret", ".new", OURS_ALONE);
            Files.writeString(written, Base64.getUrlEncoder().encodeToString(key));
            try {
                // Fails where the file is there: of two that make a key at once, one wins.
                Files.createLink(file, written);
            } catch (FileAlreadyExistsException e) {
                // Read below.
            } finally {
                Files.delete(written);
            }
        }
        return Files.readString(file).strip();
    }

    private String issuer() {
        return value("MEMORY_JWT_ISSUER").orElse(TokenSigner.ISSUER);
    }

    private Optional<String> value(String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(text -> !text.isEmpty());
    }
}
