package org.memoryqueue.testing;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A network between a client and a server on loopback, which can be made to fail while it is in use.
 *
 * <p>What a client meets is a black hole in two of the modes: its connection stands, connecting succeeds, and nothing
 * ever comes back, not even the end of a connection. Neither side is told anything.
 */
public final class TcpProxy implements AutoCloseable {

    private static final int BACKLOG = 1_024;
    private static final int CONNECT_MILLIS = 5_000;

    /** What happens to what is sent. */
    public enum Mode {
        /** All is well. */
        FORWARD,
        /** Nothing moves; what was sent arrives when the mode is {@link #FORWARD} again, as after retransmission. */
        HOLD,
        /**
         * Nothing moves, and connections that there are, or that are made meanwhile, never work again, nor do they end:
         * as when a router has forgotten them. Those made afterwards work.
         */
        DROP,
        /** Connections are cut, and new ones refused, as by a machine whose server is down. */
        REFUSE
    }

    private final InetSocketAddress target;
    private final int port;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private Mode mode = Mode.FORWARD;
    private Listener listener;

    private record Listener(ServerSocket socket, Thread acceptor) {}

    private TcpProxy(InetSocketAddress target) throws IOException {
        this.target = target;
        this.listener = listen(0);
        this.port = listener.socket().getLocalPort();
    }

    /** Listens on a free port of 127.0.0.1 for a server there. */
    public static TcpProxy to(int serverPort) {
        try {
            return new TcpProxy(new InetSocketAddress(InetAddress.getLoopbackAddress(), serverPort));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The port that clients connect to. It stays the same. */
    public int port() {
        return port;
    }

    /** Changes what happens, for connections that there are as well. */
    public void become(Mode next) {
        lock.lock();
        try {
            mode = next;
            switch (next) {
                case FORWARD, HOLD -> reopen();
                case DROP -> {
                    reopen();
                    links.forEach(link -> link.swallowed = true);
                }
                case REFUSE -> {
                    refuse();
                    links.forEach(Link::close);
                }
            }
            changed.signalAll();
        } catch (IOException e) {
            throw new UncheckedIOException("Port " + port + " cannot be listened on again", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        become(Mode.REFUSE);
    }

    private void reopen() throws IOException {
        if (listener.socket().isClosed()) {
            listener = listen(port);
        }
    }

    /** The kernel goes on accepting until the thread that waits for connections has woken up. */
    private void refuse() throws IOException, InterruptedException {
        listener.socket().close();
        listener.acceptor().join();
    }

    private Listener listen(int wanted) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted), BACKLOG);
        return new Listener(socket, Thread.startVirtualThread(() -> accept(socket)));
    }

    private void accept(ServerSocket socket) {
        try {
            while (true) {
                Link link = new Link(socket.accept(), new Socket());
                Thread.startVirtualThread(() -> serve(link));
            }
        } catch (IOException e) {
            // The listener was closed: connections are refused from now on.
        }
    }

    private void serve(Link link) {
        links.add(link);
        try {
            if (isToConnect(link)) {
                link.server.connect(target, CONNECT_MILLIS);
                Thread back = Thread.startVirtualThread(() -> pump(link, link.server, link.client));
                pump(link, link.client, link.server);
                back.join();
            } else {
                link.client.getInputStream().transferTo(OutputStream.nullOutputStream());
            }
        } catch (IOException e) {
            // Either side has gone, or nobody listens at the target: the client sees its connection end.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!link.swallowed) {
            link.close();
            links.remove(link);
        }
    }

    /** Decided when bytes may move: a connection that is made during a hold reaches the server after it. */
    private boolean isToConnect(Link link) throws InterruptedException, IOException {
        lock.lock();
        try {
            link.swallowed |= mode == Mode.DROP;
            if (mode == Mode.REFUSE) {
                throw new IOException("Refused in between");
            }
        } finally {
            lock.unlock();
        }
        return passes(link);
    }

    private void pump(Link link, Socket from, Socket to) {
        byte[] buffer = new byte[16 * 1024];
        try {
            int length;
            do {
                length = from.getInputStream().read(buffer);
                if (passes(link)) {
                    deliver(buffer, length, to);
                }
            } while (length >= 0);
        } catch (IOException e) {
            link.end();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void deliver(byte[] buffer, int length, Socket to) throws IOException {
        if (length < 0) {
            to.shutdownOutput();
        } else {
            to.getOutputStream().write(buffer, 0, length);
        }
    }

    /** Waits until bytes move; false when those of this connection never will. */
    private boolean passes(Link link) throws InterruptedException {
        lock.lock();
        try {
            while (mode == Mode.HOLD && !link.swallowed) {
                changed.await();
            }
            return !link.swallowed;
        } finally {
            lock.unlock();
        }
    }

    /** A connection of a client, and the one to the server that belongs to it. */
    private static final class Link implements Closeable {
        private final Socket client;
        private final Socket server;
        private volatile boolean swallowed;

        Link(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        /** One side has ended: so does the other, unless nobody gets to know. */
        void end() {
            if (!swallowed) {
                close();
            }
        }

        @Override
        public void close() {
            close(client);
            close(server);
        }

        private static void close(Socket socket) {
            try {
                socket.close();
            } catch (IOException e) {
                // It is gone either way.
            }
        }
    }
}
