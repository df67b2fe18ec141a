/** One attempt at a job, from its lease to its end. */
@NullMarked
package org.memoryqueue.worker.attempt;

import org.jspecify.annotations.NullMarked;
