/**
 * The offline summariser: deterministic, quoting, without a network.
 *
 * <p>A transcript is read into utterances, cut into exchanges of ask, answer and reaction, and judged by the reaction.
 * From the exchanges come the topics, the findings with their quotes, the signals of how the task ended, and from all
 * of these the slots of the summary. What is particular to a language, a subject or a habit of speech is in resource
 * files; the classes hold no lists of their own.
 */
@NullMarked
package org.memoryqueue.summariser.extractive;

import org.jspecify.annotations.NullMarked;
