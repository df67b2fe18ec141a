package org.memoryqueue.local.tryout;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Follows jobs until all have ended, and shows how far they are. */
final class JobWatch {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(150);

    private final MemoryApi api;
    private final Paper paper;
    private final Duration patience;

    JobWatch(MemoryApi api, Paper paper, Duration patience) {
        this.api = api;
        this.paper = paper;
        this.patience = patience;
    }

    /**
     * The jobs as they ended, in the order of {@code titles}.
     *
     * @param titles what to call each job, by its id
     * @throws IOException when one has failed, or not all have ended in time
     */
    List<Followed> untilEnded(Map<String, String> titles) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        String shown = "";
        try {
            while (true) {
                List<Followed> jobs = look(titles);
                shown = show(jobs, shown);
                failOnFailure(jobs);
                if (jobs.stream().allMatch(Followed::isCompleted)) {
                    return jobs;
                }
                if (System.nanoTime() - begin > patience.toNanos()) {
                    throw new IOException("Not all were remembered within " + patience.toSeconds() + " s (" + shown
                            + "): see .memory-local/logs/worker-1.log");
                }
                Thread.sleep(LOOK_AGAIN);
            }
        } finally {
            clear();
        }
    }

    private List<Followed> look(Map<String, String> titles) throws IOException, InterruptedException {
        List<Followed> jobs = new ArrayList<>();
        for (Map.Entry<String, String> title : titles.entrySet()) {
            jobs.add(new Followed(title.getValue(), api.job(title.getKey())));
        }
        return jobs;
    }

    private String show(List<Followed> jobs, String before) {
        String now = jobs.stream().map(Followed::words).collect(Collectors.joining("   "));
        if (paper.isTerminal()) {
            paper.passing("  " + now);
        } else if (!now.equals(before)) {
            paper.line("  " + now);
        }
        return now;
    }

    private static void failOnFailure(List<Followed> jobs) throws IOException {
        for (Followed job : jobs) {
            if (job.isFailed()) {
                throw new IOException("\"" + job.title() + "\" was not remembered: " + job.failedReason());
            }
        }
    }

    private void clear() {
        if (paper.isTerminal()) {
            paper.passing("");
        }
    }
}
