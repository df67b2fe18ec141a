package org.memoryqueue.local;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.memoryqueue.local.token.LocalTokens;

/** The program behind {@code ./run}: starts everything, watches over it, and takes it down again. */
public final class Launcher {
    private final Console console;
    private final Workspace workspace;
    private final Map<String, String> environment;

    /** 0 for an end by signal; a failure sets it before it exits. */
    private volatile int exitCode;

    private Launcher(Console console, Workspace workspace, Map<String, String> environment) {
        this.console = console;
        this.workspace = workspace;
        this.environment = environment;
    }

    public static void main(String[] arguments) {
        new Launcher(new Console(System.out), Workspace.ofThisRun(), System.getenv()).run(List.of(arguments));
    }

    private void run(List<String> arguments) {
        try {
            launch(RunOptions.parse(arguments, environment));
        } catch (LaunchException e) {
            fail(LaunchException.words(e), e.exitCode());
        } catch (Exception e) {
            fail(LaunchException.words(e), 1);
        }
    }

    private void launch(RunOptions options) throws Exception {
        workspace.create();
        PortPlan ports = PortPlan.of(options);
        InstanceLock lock = InstanceLock.acquire(workspace.lock());
        new Leftovers(workspace.endpoints()).clear();
        ports.check(Duration.ZERO);
        if (options.fresh()) {
            console.say("forgetting the data of earlier runs");
            workspace.forgetData();
        }
        LocalTokens tokens = new LocalTokens(workspace.kept(), environment);
        tokens.write();
        ServiceEnvironment services = new ServiceEnvironment(environment);
        services.believe(tokens.variables());
        LocalSystem system = new LocalSystem(options, workspace, services, console);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> shutDown(system, lock), "shutdown"));
        Endpoints endpoints = startUnlessStopped(system);
        console.print(Banner.of(endpoints, workspace, console.seconds(), Instant.now()));
        untilSignalled();
    }

    private static Endpoints startUnlessStopped(LocalSystem system) throws Exception {
        try {
            return system.start();
        } catch (Exception e) {
            if (system.isStopping()) {
                untilSignalled();
            }
            throw e;
        }
    }

    private void fail(String message, int code) {
        System.err.println("run: " + message);
        exitCode = code;
        System.exit(code);
    }

    /** The JVM ends below this thread, in {@link #shutDown}. */
    private static void untilSignalled() throws InterruptedException {
        new CountDownLatch(1).await();
    }

    /** Runs on Ctrl-C, SIGTERM, SIGHUP and failure. Halts, since the JVM would turn a clean stop into 130 or 143. */
    private void shutDown(LocalSystem system, InstanceLock lock) {
        long begin = System.nanoTime();
        try {
            console.say("stopping");
            system.stop();
            lock.close();
            console.say("all stopped, in %.1f s".formatted((System.nanoTime() - begin) / 1e9));
        } catch (IOException e) {
            System.err.println("run: " + e.getMessage());
        } finally {
            System.out.flush();
            Runtime.getRuntime().halt(exitCode);
        }
    }
}
