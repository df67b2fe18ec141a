package org.memoryqueue.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.memoryqueue.testing.TcpProxy.Mode;

class TcpProxyTest {

    private ServerSocket server;
    private TcpProxy proxy;

    @BeforeEach
    void open() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.startVirtualThread(this::echo);
        proxy = TcpProxy.to(server.getLocalPort());
    }

    @AfterEach
    void close() throws IOException {
        proxy.close();
        server.close();
    }

    @Test
    void forwardsBothWays() throws IOException {
        try (Socket client = connect()) {
            assertThat(says(client, 1)).isEqualTo(1);
            assertThat(says(client, 2)).isEqualTo(2);
        }
    }

    @Test
    void holdsWhatIsSentUntilItForwardsAgain() throws IOException {
        try (Socket before = connect()) {
            assertThat(says(before, 1)).isEqualTo(1);
            proxy.become(Mode.HOLD);
            assertThatThrownBy(() -> says(before, 2)).isInstanceOf(SocketTimeoutException.class);
            try (Socket meanwhile = connect()) {
                assertThatThrownBy(() -> says(meanwhile, 3)).isInstanceOf(SocketTimeoutException.class);

                proxy.become(Mode.FORWARD);

                assertThat(hears(before)).isEqualTo(2);
                assertThat(hears(meanwhile)).isEqualTo(3);
            }
        }
    }

    @Test
    void neverRevivesWhatItDropped() throws IOException {
        try (Socket before = connect()) {
            assertThat(says(before, 1)).isEqualTo(1);
            proxy.become(Mode.DROP);
            try (Socket meanwhile = connect()) {
                assertThatThrownBy(() -> says(meanwhile, 2)).isInstanceOf(SocketTimeoutException.class);

                proxy.become(Mode.FORWARD);

                assertThatThrownBy(() -> says(before, 3)).isInstanceOf(SocketTimeoutException.class);
                assertThatThrownBy(() -> says(meanwhile, 4)).isInstanceOf(SocketTimeoutException.class);
            }
            try (Socket after = connect()) {
                assertThat(says(after, 5)).isEqualTo(5);
            }
        }
    }

    @Test
    void cutsAndRefuses() throws IOException {
        try (Socket before = connect()) {
            assertThat(says(before, 1)).isEqualTo(1);

            proxy.become(Mode.REFUSE);

            assertThat(hears(before)).isEqualTo(-1);
            assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
        }
        proxy.become(Mode.FORWARD);
        try (Socket after = connect()) {
            assertThat(says(after, 2)).isEqualTo(2);
        }
    }

    @Test
    void passesTheEndOfAConnectionOn() throws IOException {
        try (Socket client = connect()) {
            assertThat(says(client, 1)).isEqualTo(1);
            client.shutdownOutput();
            assertThat(hears(client)).isEqualTo(-1);
        }
    }

    private void echo() {
        try {
            while (true) {
                Socket client = server.accept();
                Thread.startVirtualThread(() -> echo(client));
            }
        } catch (IOException e) {
            // The test is over.
        }
    }

    private static void echo(Socket socket) {
        try (socket) {
            socket.getInputStream().transferTo(socket.getOutputStream());
        } catch (IOException e) {
            // The client is gone.
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        socket.setSoTimeout(300);
        return socket;
    }

    private static int says(Socket socket, int word) throws IOException {
        socket.getOutputStream().write(word);
        return hears(socket);
    }

    private static int hears(Socket socket) throws IOException {
        return socket.getInputStream().read();
    }
}
