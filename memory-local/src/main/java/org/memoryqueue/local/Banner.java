package org.memoryqueue.local;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** What is shown once everything is up: what runs where, and what to try. */
final class Banner {
    private static final String TEXT = """

            Memory Queue is up, %s s after the start.

              memory-api   %s
            %s  Postgres     %s
              Redis        %s
              logs         %s

            Try the API in a browser:           %s/q/swagger-ui
            See it work, in another terminal:   ./run try
            Or by hand, with the tokens of .memory-local/tokens.json (./run token prints others):
              TOKEN=$(./run token --role student --sub ada)
              curl -s %s/api/student/memory -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' -d '{"studentId": "ada", "chatbotId": "tutor",
                "roomId": "class-7", "sessionStartTime": "%s", "messages": [
                {"role": "user", "content": "What is half of a half?"}, {"role": "assistant", "content": "What do you get when you cut half a cake in two?"}]}'
              curl -s -H "Authorization: Bearer $TOKEN" '%s/api/student/memory?studentId=ada&chatbotId=tutor'

            Ctrl-C stops it all.""";

    private Banner() {}

    static String of(Endpoints endpoints, Workspace workspace, double seconds, Instant now) {
        StringBuilder workers = new StringBuilder();
        for (Endpoints.Worker worker : endpoints.workers()) {
            workers.append("  worker       ").append(worker.url()).append("/health\n");
        }
        return TEXT.formatted(
                String.format(Locale.ROOT, "%.1f", seconds),
                endpoints.api(),
                workers,
                withoutForeignPassword(endpoints),
                endpoints.redis(),
                workspace.project().relativize(workspace.log("api")).getParent(),
                endpoints.api(),
                endpoints.api(),
                now.truncatedTo(ChronoUnit.SECONDS),
                endpoints.api());
    }

    /** Our own password is no secret; the one of somebody's server does not belong on a screen. */
    private static String withoutForeignPassword(Endpoints endpoints) {
        return endpoints.pids().postgres() == null
                ? endpoints.postgres().replaceFirst("://[^@/]*@", "://")
                : endpoints.postgres();
    }
}
