package org.memoryqueue.local;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the command line asks for; the usage itself is in the script {@code run}.
 *
 * @param workers how many memory-workers, 0 to 32
 * @param port of memory-api
 * @param firstHealthPort of worker-1; the others follow it
 * @param fresh whether to forget the data of earlier runs first
 * @param executables whether the services are native executables, and not JVMs
 */
record RunOptions(int workers, int port, int firstHealthPort, boolean fresh, boolean executables) {
    private static final int MOST_WORKERS = 32;
    private static final int HIGHEST_PORT = 65_535;

    static RunOptions parse(List<String> arguments, Map<String, String> environment) throws LaunchException {
        Deque<String> rest = new ArrayDeque<>(arguments);
        int workers = 1;
        int port = fromEnvironment(environment, "QUARKUS_HTTP_PORT", 8080);
        int firstHealthPort = fromEnvironment(environment, "WORKER_HEALTH_PORT", 3001);
        boolean fresh = false;
        boolean executables = false;
        while (!rest.isEmpty()) {
            String argument = rest.removeFirst();
            int equals = argument.startsWith("--") ? argument.indexOf('=') : -1;
            String option = equals < 0 ? argument : argument.substring(0, equals);
            if (equals >= 0) {
                rest.addFirst(argument.substring(equals + 1));
            }
            switch (option) {
                case "--workers" -> workers = number(option, rest.pollFirst(), 0, MOST_WORKERS);
                case "--port" -> port = number(option, rest.pollFirst(), 1, HIGHEST_PORT);
                case "--fresh" -> fresh = true;
                case "--native" -> executables = true;
                default -> throw LaunchException.misused("Unknown option " + argument);
            }
        }
        return new RunOptions(workers, port, firstHealthPort, fresh, executables);
    }

    int healthPort(int worker) {
        return firstHealthPort + worker - 1;
    }

    private static int fromEnvironment(Map<String, String> environment, String name, int otherwise)
            throws LaunchException {
        String value = environment.getOrDefault(name, "");
        return value.isBlank() ? otherwise : number(name, value.strip(), 1, HIGHEST_PORT);
    }

    private static int number(String name, @Nullable String value, int least, int most) throws LaunchException {
        try {
            int number = Integer.parseInt(value == null ? "" : value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below, with the bounds.
        }
        throw LaunchException.misused(
                name + " needs a number from " + least + " to " + most + (value == null ? "" : ", not " + value));
    }
}
