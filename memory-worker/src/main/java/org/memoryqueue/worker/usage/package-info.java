/** What this worker uses of language models, and whether the day's budget allows more. */
@NullMarked
package org.memoryqueue.worker.usage;

import org.jspecify.annotations.NullMarked;
