package org.memoryqueue.summariser.extractive;

/**
 * What a conversation shows about how its task ended.
 *
 * @param right answers that the tutor confirmed
 * @param rejections answers that the tutor turned down, in whole or in part
 * @param repeats answers that came to the same as one that had just been turned down
 * @param disclosures tutor's messages that gave something away
 * @param last the latest verdict; {@link Verdict#OPEN} when nothing was judged
 * @param endsJudged whether that verdict is on the student's last answer
 * @param endsTold whether the student's last answer had been given away
 */
record Signals(
        int right, int rejections, int repeats, int disclosures, Verdict last, boolean endsJudged, boolean endsTold) {}
