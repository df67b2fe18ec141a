package org.memoryqueue.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.memoryqueue.local.process.Ports;

class LauncherTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    LaunchedProject project;

    @BeforeEach
    void makeProject() throws Exception {
        project = new LaunchedProject(directory);
    }

    @AfterEach
    void stopProject() throws Exception {
        project.close();
    }

    @Test
    void startsEverythingAndStopsItInOrderWithinFiveSeconds() throws Exception {
        Process launcher = project.launchUntilReady("--workers", "2", "--port", Integer.toString(project.port));
        Endpoints endpoints = project.endpoints();
        assertThat(endpoints.api()).isEqualTo("http://127.0.0.1:" + project.port);
        assertThat(endpoints.workers()).hasSize(2);
        assertThat(endpoints.workers().get(1).url()).isEqualTo("http://127.0.0.1:" + (project.healthPort + 1));
        assertThat(endpoints.pids().launcher()).isEqualTo(launcher.pid());
        assertThat(status(endpoints.workers().get(1).url() + "/health")).isEqualTo(200);
        assertThat(Files.readString(project.workspace().log("api"))).contains(endpoints.postgres());
        await().until(() -> project.printed().contains("./run try"));

        long begin = System.nanoTime();
        launcher.destroy();
        assertThat(LaunchedProject.awaitExit(launcher)).isZero();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));

        assertThat(project.journal()).containsExactly("worker", "worker", "api");
        assertThat(project.printed())
                .containsSubsequence("stopped worker-1", "stopped api", "stopped redis", "stopped postgres");
        assertThat(LaunchedProject.children(endpoints))
                .allSatisfy(pid -> assertThat(ProcessHandle.of(pid)).isEmpty());
        assertThat(List.of(project.port, project.healthPort, project.healthPort + 1, port(endpoints.postgres())))
                .allMatch(Ports::isFree);
        assertThat(project.workspace().endpoints()).doesNotExist();
    }

    @Test
    void startsWhatCrashedAgainAndKeepsTheEndpointsTrue() throws Exception {
        project.launchUntilReady("--port", Integer.toString(project.port));
        Endpoints before = project.endpoints();
        for (long pid : LaunchedProject.children(before)) {
            ProcessHandle.of(pid).orElseThrow().destroyForcibly();
        }
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(LaunchedProject.children(project.endpoints()))
                        .hasSize(4)
                        .doesNotContainAnyElementsOf(LaunchedProject.children(before))
                        .allMatch(pid -> ProcessHandle.of(pid).isPresent()));
        assertThat(project.endpoints().postgres()).isEqualTo(before.postgres());
        assertThat(project.endpoints().redis()).isEqualTo(before.redis());
        assertThat(status(before.api() + "/q/health/ready")).isEqualTo(200);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void leavesNoOrphanWhenItIsKilledAndStartsAgainAtOnce() throws Exception {
        Process launcher = project.launchUntilReady("--port", Integer.toString(project.port));
        List<Long> children = LaunchedProject.children(project.endpoints());
        launcher.destroyForcibly().waitFor();

        Process next = project.launch("--port", Integer.toString(project.port));
        LaunchedProject.awaitEnd(children);
        await().atMost(PATIENCE)
                .until(() -> Files.exists(project.workspace().endpoints())
                        && project.endpoints().pids().launcher() == next.pid());
    }

    @Test
    void usesTheServersThatTheCallerNames() throws Exception {
        project.withForeignServers().launchUntilReady("--port", Integer.toString(project.port));
        Endpoints endpoints = project.endpoints();
        assertThat(endpoints.postgres()).isEqualTo("postgresql://somebody:secret@10.0.0.1:5432/elsewhere");
        assertThat(endpoints.redis()).isEqualTo("redis://10.0.0.2:6379");
        assertThat(endpoints.pids().postgres()).isNull();
        assertThat(endpoints.pids().redis()).isNull();
        await().until(() -> project.printed().contains("Ctrl-C"));
        assertThat(project.printed()).doesNotContain("secret");
    }

    @Test
    void refusesToRunTwiceInOneDirectory() throws Exception {
        Process first = project.withForeignServers().launchUntilReady("--port", Integer.toString(project.port));
        assertThat(LaunchedProject.awaitExit(project.launch("--port", Integer.toString(Ports.free()))))
                .isEqualTo(1);
        assertThat(project.printed().strip())
                .isEqualTo("run: It runs in this directory already (process " + first.pid()
                        + "): stop that with Ctrl-C, or use another clone");
        assertThat(project.workspace().endpoints()).exists();
    }

    @Test
    void refusesAPortInUseBeforeItStartsAnything() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            assertThat(LaunchedProject.awaitExit(project.launch("--port", Integer.toString(port))))
                    .isEqualTo(1);
            assertThat(project.printed().strip())
                    .startsWith("run: Port " + port + " is in use, and memory-api needs it")
                    .doesNotContain("\n");
            assertThat(project.workspace().postgres()).doesNotExist();
        }
    }

    @Test
    void showsTheLastLinesOfAServiceThatDoesNotStart() throws Exception {
        Process launcher =
                project.withForeignServers().with("STUB_FAILS", "yes").launch("--port", Integer.toString(project.port));
        assertThat(LaunchedProject.awaitExit(launcher)).isEqualTo(1);
        assertThat(project.printed()).contains("api ended while it was starting", "the stub was told to fail");
        assertThat(project.workspace().endpoints()).doesNotExist();
    }

    @Test
    void stopsWhileItIsStarting() throws Exception {
        Process launcher = project.launch("--port", Integer.toString(project.port));
        await().atMost(PATIENCE).until(() -> project.printed().contains("starting Postgres"));
        launcher.destroy();
        assertThat(LaunchedProject.awaitExit(launcher)).isZero();
        assertThat(launcher.descendants()).isEmpty();
        assertThat(project.workspace().endpoints()).doesNotExist();
    }

    private static int status(String url) throws Exception {
        return ((HttpURLConnection) URI.create(url).toURL().openConnection()).getResponseCode();
    }

    private static int port(String url) {
        return URI.create(url).getPort();
    }
}
