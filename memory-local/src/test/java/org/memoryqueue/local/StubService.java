package org.memoryqueue.local;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/** Stands in for memory-api or memory-worker: answers 200 to everything, and notes in a journal that it stops. */
public final class StubService {
    private StubService() {}

    public static void main(String[] arguments) throws IOException {
        Map<String, String> environment = System.getenv();
        // The API is passed WORKER_HEALTH_PORT too when the caller has set it, but the worker never the port of the
        // API.
        boolean worker = !environment.containsKey("QUARKUS_HTTP_PORT");
        int port = Integer.parseInt(environment.get(worker ? "WORKER_HEALTH_PORT" : "QUARKUS_HTTP_PORT"));
        if (environment.containsKey("STUB_FAILS")) {
            System.out.println("the stub was told to fail");
            System.exit(7);
        }
        Path journal = Path.of(environment.get("STUB_JOURNAL"));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> note(journal, worker ? "worker" : "api")));
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 10);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        System.out.println("stub listens on " + port + ", database " + environment.get("DATABASE_URL") + ", redis "
                + environment.get("REDIS_HOST") + ":" + environment.get("REDIS_PORT"));
    }

    private static void note(Path journal, String what) {
        try {
            Files.writeString(journal, what + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            e.printStackTrace();
        }
    }
}
