package org.memoryqueue.local.migrate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Hands in what has not completed in a Bull queue, and counts. Prints numbers and ids of jobs, no student's words. */
final class BullImport {

    private final BullQueue queue;
    private final String name;
    private final PrintStream out;

    private int handedIn;
    private int known;
    private int withoutStart;
    private int gone;
    private final List<String> refused = new ArrayList<>();

    BullImport(BullQueue queue, String name, PrintStream out) {
        this.queue = queue;
        this.name = name;
        this.out = out;
    }

    /**
     * Hands in every job.
     *
     * @param api empty to only count
     * @return whether none was refused
     */
    boolean run(boolean includeFailed, Optional<HandIn> api) throws IOException, InterruptedException {
        Map<String, List<String>> open = queue.open();
        out.println(open.entrySet().stream()
                .map(place -> place.getKey() + " " + place.getValue().size())
                .collect(Collectors.joining(", ", name + ": ", includeFailed ? "" : " (failed ones are left)")));
        try {
            for (Map.Entry<String, List<String>> place : open.entrySet()) {
                if (includeFailed || !place.getKey().equals("failed")) {
                    for (String id : place.getValue()) {
                        take(id, api);
                    }
                }
            }
        } finally {
            tell(api.isEmpty());
        }
        return refused.isEmpty();
    }

    private void take(String id, Optional<HandIn> api) throws IOException, InterruptedException {
        Optional<BullJob> job = queue.job(id);
        if (job.isEmpty()) {
            gone++;
            return;
        }
        Optional<ObjectNode> session = job.get().session();
        if (session.isEmpty()) {
            refused.add(id + " (is no session)");
            return;
        }
        withoutStart += job.get().lacksStart() ? 1 : 0;
        if (api.isEmpty()) {
            handedIn++;
            return;
        }
        byte[] body = session.get().toString().getBytes(StandardCharsets.UTF_8);
        HandIn.Answer answer = api.get().handIn(body, key(id));
        switch (answer.outcome()) {
            case QUEUED -> handedIn++;
            case KNOWN -> known++;
            case REFUSED -> refused.add(id + " (" + answer.status() + ")");
        }
    }

    /** Encoded, since a name or an id may hold what a header must not. */
    private String key(String id) {
        return "bull-" + URLEncoder.encode(name, StandardCharsets.UTF_8) + "-"
                + URLEncoder.encode(id, StandardCharsets.UTF_8);
    }

    private void tell(boolean isDry) {
        out.println((isDry ? "to be handed in " : "handed in ") + handedIn + ", known already " + known + ", refused "
                + refused.size() + ", gone meanwhile " + gone);
        if (withoutStart > 0) {
            out.println(withoutStart + " without sessionStartTime: the moment they were queued stands for it");
        }
        refused.forEach(job -> out.println("refused: job " + job));
    }
}
