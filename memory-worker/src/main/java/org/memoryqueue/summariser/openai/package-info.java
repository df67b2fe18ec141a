/**
 * The summariser that asks a language model, by the chat-completions protocol that most providers and servers speak.
 *
 * <p>A {@code Prompt} is sent, fenced so that the transcript stays data; the {@code Completion} that comes back is read,
 * held against the {@code AnswerSchema}, and only what its quotes prove goes into the summary.
 */
@NullMarked
package org.memoryqueue.summariser.openai;

import org.jspecify.annotations.NullMarked;
