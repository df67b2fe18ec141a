package org.memoryqueue.local.redis;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A connection to a Redis for one command after the other: enough to set servers up and to read a few keys. */
public final class RedisConnection implements Closeable {

    private final Socket socket;
    private final InputStream in;

    private RedisConnection(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    /**
     * Connects.
     *
     * @param timeout how long connecting, and each answer, may take
     * @throws IOException when nobody answers there
     */
    public static RedisConnection open(String host, int port, Duration timeout) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(host, port), (int) timeout.toMillis());
            socket.setSoTimeout((int) timeout.toMillis());
            return new RedisConnection(socket);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /**
     * Asks.
     *
     * @return the texts of the answer in their order, however they are nested; an absent one is empty
     * @throws IOException when there is no answer in time, or when it is an error
     */
    public List<String> ask(String... words) throws IOException {
        socket.getOutputStream().write(encoded(words));
        List<String> answer = new ArrayList<>();
        read(answer);
        return answer;
    }

    private static byte[] encoded(String... words) {
        ByteArrayOutputStream command = new ByteArrayOutputStream();
        command.writeBytes(("*" + words.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
        for (String word : words) {
            byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
            command.writeBytes(("$" + bytes.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
            command.writeBytes(bytes);
            command.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        return command.toByteArray();
    }

    private void read(List<String> answer) throws IOException {
        String line = line();
        String rest = line.substring(1);
        switch (line.charAt(0)) {
            case '-' -> throw new IOException("Redis refused: " + rest);
            case '$' -> answer.add(text(Integer.parseInt(rest)));
            case '*' -> {
                for (int i = 0; i < Integer.parseInt(rest); i++) {
                    read(answer);
                }
            }
            default -> answer.add(rest);
        }
    }

    private String text(int length) throws IOException {
        if (length < 0) {
            return "";
        }
        byte[] bytes = in.readNBytes(length);
        line();
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next = in.read();
        while (next != '\n') {
            if (next < 0) {
                throw new EOFException("Redis hung up");
            }
            line.write(next);
            next = in.read();
        }
        return line.toString(StandardCharsets.UTF_8).strip();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
