package org.memoryqueue.worker.system;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.memoryqueue.testing.SelfSignedCertificate;

/** A long wire to a server on this machine: what is sent, in either direction, arrives a while later. */
final class SlowWire implements AutoCloseable {

    private static final int CHUNK = 1 << 16;
    private static final int BACKLOG = 200;

    private final int target;
    private final Duration delay;
    private final ServerSocket entrance;
    private final Set<Socket> ends = ConcurrentHashMap.newKeySet();

    /** Listens on a free port. */
    SlowWire(int target, Duration delay) throws IOException {
        this(new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress()), target, delay);
    }

    /** One without delay that listens on a free port for TLS, to a server that knows none. */
    static SlowWire tls(SelfSignedCertificate certificate, int target) throws IOException {
        return new SlowWire(
                certificate
                        .serverContext()
                        .getServerSocketFactory()
                        .createServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress()),
                target,
                Duration.ZERO);
    }

    private SlowWire(ServerSocket entrance, int target, Duration delay) {
        this.entrance = entrance;
        this.target = target;
        this.delay = delay;
        Thread.startVirtualThread(this::accept);
    }

    int port() {
        return entrance.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                Socket near = entrance.accept();
                Thread.startVirtualThread(() -> connect(near));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void connect(Socket near) {
        ends.add(near);
        try (near;
                Socket far = new Socket(InetAddress.getLoopbackAddress(), target)) {
            ends.add(far);
            near.setTcpNoDelay(true);
            far.setTcpNoDelay(true);
            Thread.startVirtualThread(() -> pump(near, far));
            pump(far, near);
        } catch (IOException e) {
            // The client sees its connection end.
        } finally {
            ends.remove(near);
        }
    }

    private void pump(Socket from, Socket to) {
        byte[] chunk = new byte[CHUNK];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                LockSupport.parkNanos(delay.toNanos());
                out.write(chunk, 0, read);
            }
        } catch (IOException e) {
            // One end is gone; so is the other.
        } finally {
            ends.remove(from);
            ends.remove(to);
        }
    }

    @Override
    public void close() throws IOException {
        entrance.close();
        for (Socket end : ends) {
            end.close();
        }
    }
}
