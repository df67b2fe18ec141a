package org.memoryqueue.summariser.extractive;

import java.util.List;

/**
 * How the tutor judged the student's attempts.
 *
 * @param right answers that the tutor confirmed
 * @param rejections answers that the tutor turned down, in whole or in part
 * @param latest the latest verdict; {@link Verdict#OPEN} when nothing was judged
 * @param last the verdict on the last attempt
 */
record Verdicts(int right, int rejections, Verdict latest, Verdict last) {

    static Verdicts of(List<Exchange> attempts) {
        int right = 0;
        int rejections = 0;
        Verdict latest = Verdict.OPEN;
        Verdict last = Verdict.OPEN;
        for (Exchange attempt : attempts) {
            last = attempt.verdict();
            latest = attempt.isJudged() ? last : latest;
            right += last == Verdict.RIGHT ? 1 : 0;
            rejections += last.isRejection() ? 1 : 0;
        }
        return new Verdicts(right, rejections, latest, last);
    }

    boolean isAny() {
        return latest != Verdict.OPEN;
    }
}
