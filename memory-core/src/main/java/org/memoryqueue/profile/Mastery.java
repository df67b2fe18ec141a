package org.memoryqueue.profile;

import java.time.LocalDate;

/**
 * How well a topic is mastered: the chance that the student gets it right alone, and how far that is known.
 *
 * <p>The chance has a Beta posterior, starting from the uniform prior Beta(1, 1) (Bayes-Laplace; Gelman et al.,
 * <i>Bayesian Data Analysis</i>, 3rd ed., section 2.4). With a right and b wrong answers it is Beta(1 + a, 1 + b), so with
 * n = 2 + a + b its mean is (1 + a) / n, and its standard deviation √(mean · (1 − mean) / (n + 1)). An answer that was right
 * only after the tutor had given the solution away counts half as right, half as wrong: told is not mastered. Answers
 * {@link Forgetting fade}, so that the deviation grows with the time since practice, and the mean falls towards one half. It
 * never rises by mere waiting: where it would, it stays as it was after the last practice.
 *
 * @param mean the chance, 0 to 1
 * @param deviation its standard deviation; 0.29 before anything is known
 */
record Mastery(double mean, double deviation) {

    /** Mastered: the chance is at least this much even when it is a standard deviation lower than it seems. */
    private static final double MASTERED_FROM = 0.6;

    /** A struggle: the chance is at most this much … */
    private static final double STRUGGLING_TO = 0.4;

    /** … and known at least as well as from one answer of this week. */
    private static final double STRUGGLING_KNOWN_TO = 0.24;

    /** How topics are sorted in a profile. */
    enum Standing {
        MASTERED,
        IN_PROGRESS,
        STRUGGLING
    }

    /** The mastery of a topic as it is on a day; on an earlier day than that of the last practice, as on that. */
    static Mastery of(TopicStatistics topic, LocalDate day) {
        LocalDate practised = Forgetting.day(topic.lastReviewed());
        Mastery then = on(topic.weights(), practised);
        Mastery now = day.isAfter(practised) ? on(topic.weights(), day) : then;
        return new Mastery(Math.min(then.mean, now.mean), now.deviation);
    }

    private static Mastery on(Weights weights, LocalDate day) {
        double alone = Forgetting.worth(weights.correctUnaided(), day);
        double told = Forgetting.worth(weights.correctWithHelp(), day);
        double wrong = Forgetting.worth(weights.incorrect(), day);
        double all = 2 + alone + told + wrong;
        double mean = (1 + alone + told / 2) / all;
        return new Mastery(mean, Math.sqrt(mean * (1 - mean) / (all + 1)));
    }

    /** The mean in percent. */
    int level() {
        return (int) Math.round(100 * mean);
    }

    /** The standard deviation in points of the level, 0 to 29. */
    int uncertainty() {
        return (int) Math.round(100 * deviation);
    }

    /** Where the topic stands. Three right answers of today are mastery, two are not; one wrong answer is a struggle for a week. */
    Standing standing() {
        if (mean - deviation >= MASTERED_FROM) {
            return Standing.MASTERED;
        }
        return mean <= STRUGGLING_TO && deviation <= STRUGGLING_KNOWN_TO ? Standing.STRUGGLING : Standing.IN_PROGRESS;
    }
}
