/** The loop that takes jobs: as many as there are free slots, by priority. */
@NullMarked
package org.memoryqueue.worker.dispatch;

import org.jspecify.annotations.NullMarked;
