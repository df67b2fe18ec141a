package org.memoryqueue.profile;

/** How well a topic is mastered, from the sums of its observations. */
final class Mastery {

    /** From this level on a topic counts as mastered. */
    private static final int MASTERED_FROM = 70;

    /** Up to this level it counts as a struggle. */
    private static final int STRUGGLING_TO = 40;

    /** How topics are sorted in a profile. */
    enum Standing {
        MASTERED,
        IN_PROGRESS,
        STRUGGLING
    }

    private Mastery() {}

    /**
     * The level, 0 to 100: the mean, in percent, of the Beta posterior of the chance to be right, starting from the
     * uniform prior Beta(1, 1) (Laplace's rule of succession). An answer that was right only after the tutor had given
     * the solution away counts half as right, half as wrong.
     */
    static int level(TopicStatistics topic) {
        double right = topic.correctUnaided() + topic.correctWithHelp() / 2.0;
        double all = topic.correctUnaided() + topic.correctWithHelp() + topic.incorrect();
        return (int) Math.round(100 * (right + 1) / (all + 2));
    }

    /** Where a topic stands. What was only ever solved with help is in progress at best: told is not mastered. */
    static Standing standing(TopicStatistics topic) {
        int level = level(topic);
        if (level >= MASTERED_FROM) {
            return Standing.MASTERED;
        }
        return level <= STRUGGLING_TO ? Standing.STRUGGLING : Standing.IN_PROGRESS;
    }
}
