package org.memoryqueue.local;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.memoryqueue.local.process.Ports;

/** The ports that are promised to the outside, checked before anything is started. */
final class PortPlan {
    /** Below the range from which systems take the ports of outgoing connections, so they can be had again after a crash. */
    static final int POSTGRES = 15_432;

    static final int REDIS = 16_379;

    private final Map<Integer, String> owners = new LinkedHashMap<>();

    private PortPlan() {}

    static PortPlan of(RunOptions options) throws LaunchException {
        PortPlan plan = new PortPlan();
        plan.claim(options.port(), "memory-api");
        for (int worker = 1; worker <= options.workers(); worker++) {
            plan.claim(options.healthPort(worker), "worker-" + worker);
        }
        return plan;
    }

    private void claim(int port, String owner) throws LaunchException {
        String other = owners.putIfAbsent(port, owner);
        if (other != null) {
            throw LaunchException.misused("Both " + other + " and " + owner + " would listen on port " + port);
        }
    }

    /** Fails when one of them is still in use after {@code patience}, naming it and who wants it. */
    void check(Duration patience) throws LaunchException {
        long deadline = System.nanoTime() + patience.toNanos();
        for (Map.Entry<Integer, String> claim : owners.entrySet()) {
            while (!Ports.isFree(claim.getKey())) {
                if (System.nanoTime() - deadline > 0) {
                    throw inUse(claim.getKey(), claim.getValue());
                }
                Pause.of(Duration.ofMillis(100));
            }
        }
    }

    /** The usual port, so that clients find the server again after the next start, or a free one when it is taken. */
    static int usualOrFree(int port) {
        return Ports.isFree(port) ? port : Ports.free();
    }

    private static LaunchException inUse(int port, String owner) {
        String remedy = owner.equals("memory-api") ? "--port" : "WORKER_HEALTH_PORT";
        return LaunchException.because("Port " + port + " is in use, and " + owner
                + " needs it: stop what listens there, or choose another by " + remedy);
    }
}
