package org.memoryqueue.summariser.extractive;

import java.util.Locale;

/**
 * One thing about a conversation that tells whether the student solved the task unaided. Shares are 0 to 1; counts enter
 * as ln(1 + count), since the first says more than the fifth. Each holds for any subject: where an answer comes to no
 * number, its words of content are compared instead.
 */
public enum Signal {
    /** 1 when the tutor confirms the student's last attempt. */
    CONFIRMED_AT_END,
    /** 1 when the tutor turns down the student's last attempt, in whole or in part. */
    REJECTED_AT_END,
    /**
     * The verdicts on all attempts, −1 (all turned down) to 1 (all confirmed): a mean in which each attempt weighs half
     * as much as the one after it.
     */
    RECENT_VERDICTS,
    /** The share of attempts on which the tutor gave a verdict. */
    JUDGED_SHARE,
    /** 1 when the tutor has the last word: mostly praise, while a session that is given up stops at the student. */
    TUTOR_SPEAKS_LAST,
    /** The share of the tutor's messages that ask something: leading by questions, rather than telling. */
    TUTOR_ASKS,
    /** Count of the tutor's messages, after the first attempt, that give away an answer or work out a calculation. */
    DISCLOSURES,
    /** Count of numbers that the tutor states before the student has come to them. */
    NUMBERS_GIVEN,
    /** How far into the conversation the last disclosure stands, 0 (none, or at the start) to 1 (at the end). */
    DISCLOSED_LATE,
    /** 1 when nobody had said before what the final answer comes to: the student got there. */
    OWN_RESULT,
    /** 1 when the tutor had said what the final answer comes to: in the task, in a question, or as a statement. */
    TUTORS_RESULT,
    /** 1 when the tutor had given it away: stated it before the student had come to it. */
    TOLD_AT_END,
    /** Count of attempts that come to a number which an earlier attempt had come to. */
    REPEATS,
    /** Count of attempts that come to a number which the tutor had turned down before. */
    BACK_TO_REJECTED,
    /** Natural logarithm of the number of messages: the longer it takes, the less likely it ends well. */
    LENGTH;

    /** Its name in the resource of the weights, e.g. {@code told-at-end}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
