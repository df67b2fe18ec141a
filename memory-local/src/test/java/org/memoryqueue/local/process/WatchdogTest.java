package org.memoryqueue.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** The stand-in for the parent-death signal; tested here with the pipe, whose end is what a killed JVM leaves. */
class WatchdogTest {
    @Test
    void stopsTheChildWhenItsPipeEnds() throws Exception {
        Process child = sleeper();
        Process shell = Watchdog.shell(child.pid(), StopSignal.TERM);
        shell.getOutputStream().close();
        assertThat(child.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(child.exitValue()).isEqualTo(128 + 15);
    }

    @RepeatedTest(20)
    void leavesTheChildAloneOnceItIsClosed() throws Exception {
        Process child = sleeper();
        Process shell = Watchdog.shell(child.pid(), StopSignal.TERM);
        new Watchdog(shell).close();
        assertThat(shell.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(child.isAlive()).isTrue();
        child.destroyForcibly();
    }

    private static Process sleeper() throws IOException {
        return new ProcessBuilder("sleep", "60").start();
    }
}
