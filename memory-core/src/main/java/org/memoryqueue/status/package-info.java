/** Reading the queue: single jobs and counts. */
@NullMarked
package org.memoryqueue.status;

import org.jspecify.annotations.NullMarked;
