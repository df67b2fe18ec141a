package org.memoryqueue.local.token;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.memoryqueue.local.Workspace;

/** The program behind {@code ./run token}: prints a token for the services of this directory. */
public final class TokenCommand {

    private static final Set<String> ROLES = Set.of("student", "teacher", "admin", "service");
    private static final int MOST_DAYS = 3_650;

    private TokenCommand() {}

    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), Workspace.ofThisRun(), System.getenv()));
    }

    private static int run(List<String> arguments, Workspace workspace, Map<String, String> environment) {
        try {
            Grant grant = parse(arguments);
            LocalTokens tokens = new LocalTokens(workspace.prepared(), environment);
            if (!tokens.areOurs()) {
                return fail("With MEMORY_JWT_JWKS_URL set, tokens come from the issuer of those keys", 1);
            }
            System.out.println(tokens.sign(grant));
            return 0;
        } catch (IllegalArgumentException e) {
            return fail(e.getMessage() + " (./run --help shows what there is)", 2);
        } catch (IOException e) {
            return fail(String.valueOf(e.getMessage()), 1);
        }
    }

    /**
     * Reads the options.
     *
     * @throws IllegalArgumentException if they are not understood, in words for the one who typed them
     */
    static Grant parse(List<String> arguments) {
        Deque<String> rest = new ArrayDeque<>(arguments);
        Optional<String> role = Optional.empty();
        Optional<String> subject = Optional.empty();
        List<String> rooms = List.of();
        Duration validity = Grant.USUAL_VALIDITY;
        while (!rest.isEmpty()) {
            String argument = rest.removeFirst();
            int equals = argument.startsWith("--") ? argument.indexOf('=') : -1;
            String option = equals < 0 ? argument : argument.substring(0, equals);
            if (equals >= 0) {
                rest.addFirst(argument.substring(equals + 1));
            }
            switch (option) {
                case "--role" -> role = Optional.of(value(option, rest)).filter(ROLES::contains);
                case "--sub" -> subject = Optional.of(value(option, rest));
                case "--rooms" -> rooms = List.of(value(option, rest).split(","));
                case "--days" -> validity = Duration.ofDays(days(value(option, rest)));
                default -> throw new IllegalArgumentException("Unknown option " + argument);
            }
        }
        String known =
                role.orElseThrow(() -> new IllegalArgumentException("--role needs student, teacher, admin or service"));
        return new Grant(subject.orElse(known), known, rooms, validity);
    }

    private static String value(String option, Deque<String> rest) {
        String value = rest.pollFirst();
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(option + " needs a value");
        }
        return value;
    }

    private static int days(String text) {
        if (text.matches("\\d{1,4}") && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= MOST_DAYS) {
            return Integer.parseInt(text);
        }
        throw new IllegalArgumentException("--days needs a number from 1 to " + MOST_DAYS + ", not " + text);
    }

    private static int fail(String message, int code) {
        System.err.println("run: " + message);
        return code;
    }
}
