package org.memoryqueue.worker.dispatch;

import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.UUID;

/** The name of this worker in Redis and in leases: unique for each boot, so that no two ever share one. */
@Singleton
public final class Consumer {

    private final String name = host() + "-" + ProcessHandle.current().pid() + "-"
            + UUID.randomUUID().toString().substring(0, 8);

    /** The name. */
    public String name() {
        return name;
    }

    private static String host() {
        return Optional.ofNullable(System.getenv("HOSTNAME")).orElseGet(() -> {
            try {
                return InetAddress.getLocalHost().getHostName();
            } catch (UnknownHostException e) {
                return "worker";
            }
        });
    }
}
