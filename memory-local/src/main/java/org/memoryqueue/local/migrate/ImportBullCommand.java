package org.memoryqueue.local.migrate;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.memoryqueue.local.redis.RedisConnection;

/** The program behind {@code ./run import-bull}. */
public final class ImportBullCommand {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private ImportBullCommand() {}

    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.getenv(), System.out, Thread::sleep));
    }

    /** Returns the exit code: 0 when all is handed in, 1 when something could not be, 2 for wrong options. */
    static int run(List<String> arguments, Map<String, String> environment, PrintStream out, HandIn.Pause pause) {
        try {
            return run(ImportBullOptions.parse(arguments), environment, out, pause) ? 0 : 1;
        } catch (IllegalArgumentException e) {
            return fail(e.getMessage() + " (./run --help shows what there is)", 2);
        } catch (IOException e) {
            return fail(e + "; nothing is lost, and it may be run again", 1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return fail("Interrupted; it may be run again", 1);
        }
    }

    private static boolean run(
            ImportBullOptions options, Map<String, String> environment, PrintStream out, HandIn.Pause pause)
            throws IOException, InterruptedException {
        String token = Files.readString(options.tokenFile()).strip();
        try (RedisConnection redis = RedisConnection.open(options.host(), options.port(), TIMEOUT);
                HandIn api = new HandIn(options.api(), token, pause)) {
            if (options.passwordVariable().isPresent()) {
                redis.ask("AUTH", password(options.passwordVariable().get(), environment));
            }
            return new BullImport(new BullQueue(redis, options.queue()), options.queue(), out)
                    .run(options.includeFailed(), options.dryRun() ? Optional.empty() : Optional.of(api));
        }
    }

    private static String password(String variable, Map<String, String> environment) {
        return Optional.ofNullable(environment.get(variable))
                .orElseThrow(() -> new IllegalArgumentException("The variable " + variable + " is not set"));
    }

    private static int fail(String message, int code) {
        System.err.println("run: " + message);
        return code;
    }
}
